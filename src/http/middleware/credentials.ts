import type { MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import type { Actor } from "../../audit-log/audit-entry.ts";
import { isKeyWithDigest, type ApiKeyRecord } from "../../auth/api-key.ts";
import type { BallotGrant } from "../../auth/ballot-token.ts";
import { isReadableBy, type DecisionReader } from "../../decision/readers.ts";
import { decisionIdSchema, rolesOf, type KeySecurity } from "../contract/common.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { Problem } from "../problem.ts";
import { admitVoter, isCredentialRefused, requireAdmission } from "./admission.ts";

/**
 * What the ballot token in an Authorization header grants.
 * @throws {Problem} credential.missing, token.invalid, token.expired, role.forbidden
 */
export function grantOf(deps: HttpDependencies, authorization: string | undefined): BallotGrant {
  const token = bearer(authorization);
  const verdict = deps.tokens.verify(token, deps.now());
  if ("grant" in verdict) return verdict.grant;
  // Who holds an API key is known here, and is no voter.
  const isKey = deps.apiKeyNames.idIn(token) !== null || isAdminKey(deps, token);
  throw new Problem(isKey ? "role.forbidden" : verdict.refused);
}

/** Demands a login elsewhere, unverified: `c.get("idToken")`. */
export function loginOnly(deps: HttpDependencies) {
  return createMiddleware<{ Variables: { idToken: string } }>(async (c, next) => {
    c.set("idToken", loginOf(deps, c.req.header("authorization")));
    await next();
  });
}

/** A route for voters that takes a body, which is read once its ballot token is known. */
export function voterOnly(deps: HttpDependencies) {
  return createMiddleware<{ Variables: { grant: BallotGrant } }>(async (c, next) => {
    const grant = grantOf(deps, c.req.header("authorization"));
    await admitVoter(deps, grant);
    c.set("grant", grant);
    await next();
  });
}

/**
 * The login in an Authorization header, unverified.
 * @throws {Problem} credential.missing, role.forbidden
 */
function loginOf(deps: HttpDependencies, authorization: string | undefined): string {
  const token = bearer(authorization);
  const isOurs =
    deps.apiKeyNames.idIn(token) !== null ||
    isAdminKey(deps, token) ||
    "grant" in deps.tokens.verify(token, deps.now());
  if (isOurs) throw new Problem("role.forbidden");
  return token;
}

/** A route behind its guard; what its handler does is done by `c.get("actor")`. */
export function guarded<
  const Route extends { security: KeySecurity },
  const More extends MiddlewareHandler[],
>(deps: HttpDependencies, route: Route, ...more: More) {
  const middleware: [ReturnType<typeof keyOnly>, ...More] = [keyOnly(deps, route), ...more];
  return { ...route, middleware };
}

/**
 * Demands an API key of one of the roles that the route's contract names. The key's scope must
 * cover the decision in the path, and an organiser's decision must be its own.
 */
export function keyOnly(deps: HttpDependencies, { security }: { security: KeySecurity }) {
  const roles = rolesOf(security);
  return createMiddleware<{ Variables: { actor: Actor } }>(async (c, next) => {
    const key = await findKey(deps, bearer(c.req.header("authorization")));
    await requireAdmission(deps, "key", key.id);
    const decisionId = c.req.param("decisionId");
    const isInScope = key.decisionId === null || key.decisionId === decisionId;
    if (!roles.includes(key.role) || !isInScope) throw new Problem("role.forbidden");
    // What can't be the name of a decision has no room to ask.
    const named = decisionIdSchema.safeParse(decisionId);
    if (key.role === "organiser" && named.success) {
      const decision = await deps.decisions.read(named.data);
      // Another's draft is there as little as what does not exist.
      if (decision === null || !isReadableBy(decision, key))
        throw new Problem("decision.not_found");
      if (decision.owner !== key.owner) throw new Problem("role.forbidden");
    }
    c.set("actor", { role: key.role, keyId: key.id, owner: key.owner });
    await next();
  });
}

/**
 * Who reads what is everybody's without a key, and more with one. A credential that is no good key
 * is as good as none: what is answered must not depend on whether there is more.
 */
export async function findReaderByKey(
  deps: HttpDependencies,
  authorization: string | undefined,
  decisionId: string | null,
): Promise<DecisionReader> {
  if (authorization === undefined) return null;
  try {
    const key = await findKey(deps, bearer(authorization));
    return key.decisionId === null || key.decisionId === decisionId ? key : null;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (isCredentialRefused(error.code)) deps.noteRefusal(error.code);
    return null;
  }
}

async function findKey(
  deps: HttpDependencies,
  key: string,
): Promise<Pick<ApiKeyRecord, "id" | "role" | "decisionId" | "owner">> {
  if (isAdminKey(deps, key)) return firstAdmin;
  const id = deps.apiKeyNames.idIn(key);
  if (id === null) {
    const verdict = deps.tokens.verify(key, deps.now());
    // A voter at a door for keys is known, and not let in; anything else is not known.
    throw new Problem("grant" in verdict ? "role.forbidden" : "key.invalid");
  }
  const record = await deps.apiKeys.find(id);
  if (record === null || !isKeyWithDigest(key, record.digest)) throw new Problem("key.invalid");
  return record;
}

/** The deployment's own admin key, which is in no registry. */
const firstAdmin = { id: "deployment", role: "admin", decisionId: null, owner: null } as const;

function isAdminKey(deps: HttpDependencies, key: string): boolean {
  return isKeyWithDigest(key, deps.adminKeyDigest);
}

function bearer(header: string | undefined): string {
  const token = /^Bearer +(\S+) *$/i.exec(header ?? "")?.[1];
  if (token === undefined) throw new Problem("credential.missing");
  return token;
}
