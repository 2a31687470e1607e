import { createMiddleware } from "hono/factory";
import { apiKeyId, isKeyWithDigest, type KeyRole } from "../../auth/api-key.ts";
import type { BallotGrant } from "../../auth/ballot-token.ts";
import type { HttpDeps } from "../deps.ts";
import { Problem } from "../problem.ts";

/**
 * What the ballot token in an Authorization header grants.
 * @throws {Problem} credential.missing, token.invalid, token.expired, role.forbidden
 */
export function grantOf(deps: HttpDeps, authorization: string | undefined): BallotGrant {
  const token = bearer(authorization);
  const verdict = deps.tokens.verify(token, deps.now());
  if ("grant" in verdict) return verdict.grant;
  // Who holds an API key is known here, and is no voter.
  const isKey = apiKeyId(token) !== null || isAdminKey(deps, token);
  throw new Problem(isKey ? "role.forbidden" : verdict.refused);
}

/** Demands an API key of one of these roles, whose scope covers the decision in the path, where there is one. */
export function keyOnly(deps: HttpDeps, roles: readonly KeyRole[]) {
  return createMiddleware(async (c, next) => {
    const key = await findKey(deps, bearer(c.req.header("authorization")));
    const isInScope = key.decisionId === null || key.decisionId === c.req.param("decisionId");
    if (!roles.includes(key.role) || !isInScope) throw new Problem("role.forbidden");
    await next();
  });
}

async function findKey(
  deps: HttpDeps,
  key: string,
): Promise<{ role: KeyRole; decisionId: string | null }> {
  if (isAdminKey(deps, key)) return { role: "admin", decisionId: null };
  const id = apiKeyId(key);
  if (id === null) {
    const verdict = deps.tokens.verify(key, deps.now());
    // A voter at a door for keys is known, and not let in; anything else is not known.
    throw new Problem("grant" in verdict ? "role.forbidden" : "key.invalid");
  }
  const record = await deps.apiKeys.find(id);
  if (record === null || !isKeyWithDigest(key, record.digest)) throw new Problem("key.invalid");
  return record;
}

function isAdminKey(deps: HttpDeps, key: string): boolean {
  return isKeyWithDigest(key, deps.adminKeyDigest);
}

function bearer(header: string | undefined): string {
  const token = /^Bearer +(\S+) *$/i.exec(header ?? "")?.[1];
  if (token === undefined) throw new Problem("credential.missing");
  return token;
}
