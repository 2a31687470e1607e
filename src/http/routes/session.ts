import type { OpenAPIHono } from "@hono/zod-openapi";
import { isSessionRole, type SessionGrant, type SessionRecord } from "../../auth/session.ts";
import { limits } from "../../shared/limits.ts";
import * as contract from "../contract/session.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { findKey, findSession, requireOwnOrigin } from "../middleware/credential-holder.ts";
import { jsonBody } from "../middleware/json-body.ts";
import { Problem } from "../problem.ts";
import { isCrossOrigin } from "../requests/same-origin.ts";
import { sessionCookie } from "../requests/session-cookie.ts";
import { beginSession } from "./begin-session.ts";

/** Signing in and out with a browser. */
export function sessionRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  const middleware = jsonBody(limits.voteBytesMax);

  app.openapi(contract.readSessionRoute, async (c) => {
    const session = await findSession(deps, c.req.raw);
    const shown = session === null ? null : viewSession(session);
    const { providers } = deps.staffLogins;
    return c.json({ session: shown, providers: [...providers] }, 200);
  });

  app.openapi({ ...contract.beginSessionRoute, middleware }, async (c) => {
    // Another site must not sign somebody in, as whom it likes.
    if (isCrossOrigin(c.req.raw)) throw new Problem("session.cross_site");
    const grant = await requireGrant(deps, c.req.valid("json").key);
    const { session, cookie } = await beginSession(deps, grant, c.req.raw);
    return c.json({ session: viewSession(session) }, 201, { "set-cookie": cookie });
  });

  app.openapi(contract.endSessionRoute, async (c) => {
    const cookie = sessionCookie.of(c.req.raw);
    if (cookie !== null) {
      requireOwnOrigin(c.req.raw);
      const id = deps.sessionSecrets.idIn(cookie);
      if (id !== null) await deps.sessions.end(id);
    }
    return c.body(null, 204, { "set-cookie": sessionCookie.drop });
  });
}

/** What a key lets its holder do in a browser. @throws {Problem} key.invalid, role.forbidden */
async function requireGrant(deps: HttpDependencies, key: string): Promise<SessionGrant> {
  const { id, role, label, decisionId, owner, digest } = await findKey(deps, key);
  if (!isSessionRole(role)) throw new Problem("role.forbidden");
  return { role, label, decisionId, owner, keyId: id, provider: null, basis: digest };
}

function viewSession({ id, role, owner, label, decisionId, expiresAt, provider }: SessionRecord) {
  return {
    id,
    role,
    owner,
    label,
    decision_id: decisionId,
    expires_at: new Date(expiresAt).toISOString(),
    signed_in_with: provider === null ? ("key" as const) : ("login" as const),
  };
}
