import type { MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import type { Actor } from "../../audit-log/audit-entry.ts";
import type { BallotGrant } from "../../auth/ballot-token.ts";
import { isReadableBy, type DecisionReader } from "../../decision/readers.ts";
import { decisionIdSchema, rolesOf, type KeySecurity } from "../contract/common.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { Problem } from "../problem.ts";
import { admitVoter, isCredentialRefused, requireAdmission } from "./admission.ts";
import { bearer, findHolder, isAdminKey, mayHaveCredential } from "./credential-holder.ts";

/**
 * What the ballot token in an Authorization header grants.
 * @throws {Problem} credential.missing, token.invalid, token.expired, role.forbidden
 */
export function grantOf(deps: HttpDependencies, authorization: string | undefined): BallotGrant {
  return grantIn(deps, bearer(authorization)).grant;
}

/**
 * What a ballot token grants, and until when (ms).
 * @throws {Problem} token.invalid, token.expired, role.forbidden
 */
export function grantIn(
  deps: HttpDependencies,
  token: string,
): { grant: BallotGrant; expiresAt: number } {
  const verdict = deps.tokens.verify(token, deps.now());
  if ("grant" in verdict) return verdict;
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
 * Demands an API key of one of the roles that the route's contract names, or a session with the
 * rights of one. Its scope must cover the decision in the path, and an organiser's decision must be
 * its own.
 */
export function keyOnly(deps: HttpDependencies, { security }: { security: KeySecurity }) {
  const roles = rolesOf(security);
  return createMiddleware<{ Variables: { actor: Actor } }>(async (c, next) => {
    const holder = await findHolder(deps, c.req.raw);
    await requireAdmission(deps, "key", holder.keyId);
    const decisionId = c.req.param("decisionId");
    const isInScope = holder.decisionId === null || holder.decisionId === decisionId;
    if (!roles.includes(holder.role) || !isInScope) throw new Problem("role.forbidden");
    // What can't be the name of a decision has no room to ask.
    const named = decisionIdSchema.safeParse(decisionId);
    if (holder.role === "organiser" && named.success) {
      const decision = await deps.decisions.read(named.data);
      // Another's draft is there as little as what does not exist.
      if (decision === null || !isReadableBy(decision, holder))
        throw new Problem("decision.not_found");
      if (decision.owner !== holder.owner) throw new Problem("role.forbidden");
    }
    const { role, keyId, owner, session } = holder;
    c.set("actor", { role, keyId, owner, session });
    await next();
  });
}

/**
 * Who reads what is everybody's without a key, and more with one, or in a session. A credential
 * that is no good is as good as none: what is answered must not depend on whether there is more.
 */
export async function findReaderOf(
  deps: HttpDependencies,
  request: Request,
  decisionId: string | null,
): Promise<DecisionReader> {
  if (!mayHaveCredential(request)) return null;
  try {
    const holder = await findHolder(deps, request);
    return holder.decisionId === null || holder.decisionId === decisionId ? holder : null;
  } catch (error) {
    if (!(error instanceof Problem) || error.code === "rate.exceeded") throw error;
    if (isCredentialRefused(error.code)) deps.noteRefusal(error.code);
    return null;
  }
}
