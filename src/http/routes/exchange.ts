import type { OpenAPIHono } from "@hono/zod-openapi";
import type { VerifiedLogin } from "../../auth/external-login/external-logins.ts";
import { loginDigests, nonceOfSecret } from "../../auth/external-login/login-digests.ts";
import { pseudonym } from "../../auth/pseudonym.ts";
import type { DecisionDraft } from "../../decision/decision.ts";
import { voterIdFormOf } from "../../decision/voter-id-form.ts";
import { normalizeVoterId } from "../../voter-id/voter-id.ts";
import { limits } from "../../shared/limits.ts";
import * as contract from "../contract/voting.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import type { VotingContext } from "../../ports/decisions.ts";
import { loginOnly } from "../middleware/credentials.ts";
import { jsonBody } from "../middleware/json-body.ts";
import { Problem } from "../problem.ts";
import { expiryOf } from "../requests/token-expiry.ts";
import { requireRemembered, requireVotingContext } from "./require-decision.ts";

/** For voters who log in elsewhere: exchanges an ID token for a ballot token. */
export function exchangeRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  const login = loginOnly(deps);
  const json = jsonBody(limits.voteBytesMax);
  const middleware: [typeof login, typeof json] = [login, json];

  app.openapi({ ...contract.exchangeLoginRoute, middleware }, async (c) => {
    const { decisionId } = c.req.valid("param");
    const { secret, turnstile } = c.req.valid("json");
    const idToken = c.get("idToken");
    await requireChallenge(deps, decisionId, { turnstile, idToken });
    const decision = await requireRemembered(deps, decisionId);
    const { draft } = decision;
    if (draft.login === null) throw new Problem("login.not_offered");
    const nonce = nonceOfSecret(secret);
    const verdict = await deps.logins.verify(idToken, draft.login, nonce);
    if ("refused" in verdict) throw new Problem(verdict.refused);
    const region = regionOf(draft, verdict);
    const context = await requireVotingContext(deps, decisionId);
    const loggedInAt = deps.now();
    const expiresAt = expiryOf(decision, loggedInAt, limits.loginTokenLifetimeSeconds);
    const pid = await useLogin(deps, context, { ...verdict, nonce });
    const { generation } = context;
    const voter = { decisionId, pid, generation, serial: null, region };
    const grant = { ...voter, weight: 1, name: null, loggedInAt };
    const token = await deps.tokens.sign(grant, expiresAt);
    const body = { token, expires_at: new Date(expiresAt).toISOString() };
    return c.json(body, 200, { "cache-control": "no-store" });
  });
}

/**
 * Before anything is called or verified: where challenges are asked for, a login without one costs
 * no more than the question. What is no decision of ours costs not even that.
 * @throws {Problem} decision.not_found, challenge.failed, challenge.unavailable
 */
async function requireChallenge(
  deps: HttpDependencies,
  decisionId: string,
  { turnstile, idToken }: { turnstile?: string | undefined; idToken: string },
): Promise<void> {
  if (!deps.decisionIds.isOwn(decisionId)) throw new Problem("decision.not_found");
  const verdict = await deps.challenge.verify(turnstile, idToken);
  if (verdict !== "passed") throw new Problem(`challenge.${verdict}`);
}

/**
 * A roll has the region. Without one the login says it, and it must be one of the decision's.
 * @throws {Problem} vote.unknown_region
 */
function regionOf({ electorate, regions }: DecisionDraft, login: VerifiedLogin): string {
  if (electorate === "roll") return "";
  const region = login.region.normalize("NFC");
  const isKnown =
    regions.length === 0 ? region === "" : regions.some(({ code }) => code === region);
  if (!isKnown) throw new Problem("vote.unknown_region");
  return region;
}

/**
 * Uses a login up, and gives the pid of its voter. Where the voter_id is not the issuer's subject,
 * the first exchange joins the two for good: a claim that its owner can change would else be
 * another vote, and one that passes to another person would be the vote of the one before.
 * @throws {Problem} login.invalid, login.already_used, login.other_voter
 */
async function useLogin(
  deps: HttpDependencies,
  { manifest, decisionKey }: VotingContext,
  { voterId, subject, nonce, usableUntil }: VerifiedLogin & { nonce: string },
): Promise<string> {
  const normal = normalizeVoterId(voterId, voterIdFormOf(manifest));
  if (typeof normal !== "string") throw new Problem("login.invalid");
  const pid = pseudonym(decisionKey, normal);
  const digests = loginDigests(decisionKey, { subject, nonce });
  const isSubject = manifest.login?.voterClaim === "sub";
  const reply = await deps.ballots.useLogin(manifest, {
    pid,
    subject: isSubject ? null : digests.subject,
    digest: digests.digest,
    usableUntil,
  });
  if (reply === "kept") return pid;
  throw new Problem(reply === "used" ? "login.already_used" : "login.other_voter");
}
