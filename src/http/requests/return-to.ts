import { limits } from "../../shared/limits.ts";

const startPath = "/organise";

/**
 * Where in the app somebody goes on after signing in: a page of those who run decisions, whatever
 * was asked for. What names another host, in whatever spelling, is no such path; and one that is too
 * long once it is written as addresses are has no room in a cookie.
 */
export function returnToOf(asked: string | undefined, requestUrl: string): string {
  if (asked === undefined || asked.length > limits.returnToCharactersMax) return startPath;
  const { origin } = new URL(requestUrl);
  const url = URL.parse(asked, origin);
  if (url === null || url.origin !== origin || !asked.startsWith("/")) return startPath;
  const { pathname, search, hash } = url;
  const isApp = pathname === startPath || pathname.startsWith(`${startPath}/`);
  const path = `${pathname}${search}${hash}`;
  return isApp && path.length <= limits.returnToCharactersMax ? path : startPath;
}

/** The page that says in words why somebody is not signed in, and offers to try again. */
export function signInPathOf(problem: string, returnTo: string): string {
  return `${startPath}/sign-in?${new URLSearchParams({ problem, return_to: returnTo }).toString()}`;
}
