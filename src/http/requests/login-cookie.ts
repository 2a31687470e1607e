import { limits } from "../../shared/limits.ts";
import { cookieOf } from "./cookies.ts";

/**
 * The attempt of a browser that is away at a provider. It comes back from another site, to which a
 * browser sends no cookie that is Strict.
 */
const loginCookieName = "__Host-login";
const attributes = "Path=/; Secure; HttpOnly; SameSite=Lax";

/** The attempt in a request's cookie, or null. */
export function loginCookieOf(request: Request): string | null {
  return cookieOf(request, loginCookieName);
}

/** A Set-Cookie header that keeps an attempt for as long as it is good. */
export function keepLoginCookie(attempt: string): string {
  const seconds = Math.floor(limits.staffLoginMs / 1_000);
  return `${loginCookieName}=${attempt}; ${attributes}; Max-Age=${seconds}`;
}

/** A Set-Cookie header that has the browser forget it: an attempt is for one login. */
export const dropLoginCookie = `${loginCookieName}=; ${attributes}; Max-Age=0`;
