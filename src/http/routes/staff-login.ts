import type { OpenAPIHono } from "@hono/zod-openapi";
import * as contract from "../contract/session.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { Problem } from "../problem.ts";
import { loginCookie } from "../requests/login-cookie.ts";
import { returnToOf, signInPathOf } from "../requests/return-to.ts";
import { beginSession } from "./begin-session.ts";

/**
 * Logins of staff elsewhere. A person's browser is sent here, so a refusal is a page in words: the
 * one for signing in, which tries again.
 */
export function staffLoginRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  app.openapi(contract.beginLoginRoute, async (c) => {
    const { provider, return_to } = c.req.valid("query");
    const returnTo = returnToOf(return_to, c.req.url);
    const redirectUri = redirectUriOf(c.req.url, provider);
    const begun = await deps.staffLogins.begin({ provider, redirectUri, returnTo });
    if ("refused" in begun) return c.redirect(signInPathOf(begun.refused, returnTo), 302);
    c.header("set-cookie", loginCookie.keep(begun.attempt));
    return c.redirect(begun.address, 302);
  });

  app.openapi(contract.finishLoginRoute, async (c) => {
    c.header("set-cookie", loginCookie.drop);
    const { provider } = c.req.valid("param");
    const finished = await deps.staffLogins.finish({
      provider,
      attempt: loginCookie.of(c.req.raw),
      parameters: new URL(c.req.url).searchParams,
      redirectUri: redirectUriOf(c.req.url, provider),
    });
    const returnTo = returnToOf(finished.returnTo ?? undefined, c.req.url);
    if ("refused" in finished) return c.redirect(signInPathOf(finished.refused, returnTo), 302);
    try {
      const { cookie } = await beginSession(deps, finished.grant, c.req.raw);
      c.header("set-cookie", cookie, { append: true });
      return c.redirect(returnTo, 302);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return c.redirect(signInPathOf(error.code, returnTo), 302);
    }
  });
}

/** Where a provider sends browsers back to; it must be registered there, and no two have the same. */
function redirectUriOf(requestUrl: string, provider: string): string {
  const path = contract.finishLoginRoute.path.replace("{provider}", encodeURIComponent(provider));
  return new URL(path, requestUrl).href;
}
