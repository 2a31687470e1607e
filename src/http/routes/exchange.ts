import type { OpenAPIHono } from "@hono/zod-openapi";
import type { VerifiedLogin } from "../../auth/external-login/external-logins.ts";
import { loginDigests, nonceOfSecret } from "../../auth/external-login/login-digests.ts";
import { pseudonym } from "../../auth/pseudonym.ts";
import type { Manifest } from "../../decision/decision.ts";
import { voterIdFormOf } from "../../decision/voter-id-form.ts";
import { normalizeVoterId } from "../../voter-id/voter-id.ts";
import { limits } from "../../shared/limits.ts";
import * as contract from "../contract/voting.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import type { VotingContext } from "../../ports/decisions.ts";
import { countVotersRequest } from "../metering/counted-requests.ts";
import { requireAdmission } from "../middleware/admission.ts";
import { loginOnly } from "../middleware/credentials.ts";
import { jsonBody } from "../middleware/json-body.ts";
import { Problem } from "../problem.ts";
import { expiryOf } from "../requests/token-expiry.ts";
import { requireRemembered } from "./require-decision.ts";

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
    const context = await requireLoginContext(deps, decisionId);
    countVotersRequest(c.req.raw, context.manifest);
    const nonce = nonceOfSecret(secret);
    const verified = await requireLogin(deps, context, { idToken, nonce });
    const decision = await requireRemembered(deps, decisionId);
    const region = regionOf(context.manifest, verified);
    const loggedInAt = deps.now();
    const expiresAt = expiryOf(decision, loggedInAt, limits.loginTokenLifetimeSeconds);
    const pid = await useLogin(deps, context, verified);
    const { generation } = context;
    const hint = (await regionOnRoll(deps, context.manifest, pid)) ?? region;
    const voter = { decisionId, pid, generation, serial: null, region: hint };
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
 * What a login is verified by. An isolate knows it of every decision that it has met, so logins that
 * are no good call nothing.
 * @throws {Problem} decision.not_found, decision.forgotten, decision.not_open, login.not_offered
 */
async function requireLoginContext(
  deps: HttpDependencies,
  decisionId: string,
): Promise<VotingContext> {
  const context = await deps.decisions.votingContext(decisionId);
  if (context !== null) return context;
  const { draft } = await requireRemembered(deps, decisionId);
  throw new Problem(draft.login === null ? "login.not_offered" : "decision.not_open");
}

/**
 * A login that is good, counted by its subject before anything is called for it. One that is no
 * good counts by address once it is refused: a hall behind one address logs in beside it.
 * @throws {Problem} login.not_offered, decision.forgotten, what is wrong with the login, rate.exceeded
 */
async function requireLogin(
  deps: HttpDependencies,
  { manifest, decisionKey }: VotingContext,
  { idToken, nonce }: { idToken: string; nonce: string },
): Promise<VerifiedLogin & { nonce: string }> {
  if (manifest.login === null) {
    await requireRemembered(deps, manifest.decisionId);
    throw new Problem("login.not_offered");
  }
  const verdict = await deps.logins.verify(idToken, manifest.login, nonce);
  if ("refused" in verdict) throw new Problem(verdict.refused);
  const { subject } = loginDigests(decisionKey, { subject: verdict.subject, nonce });
  await requireAdmission(deps, "exchange", `${manifest.decisionId} ${subject}`);
  return { ...verdict, nonce };
}

/**
 * A roll has the region. Without one the login says it, and it must be one of the decision's.
 * @throws {Problem} vote.unknown_region
 */
function regionOf({ electorate, regions }: Manifest, login: VerifiedLogin): string {
  if (electorate === "roll") return "";
  const region = login.region.normalize("NFC");
  const isKnown =
    regions.length === 0 ? region === "" : regions.some(({ code }) => code === region);
  if (!isKnown) throw new Problem("vote.unknown_region");
  return region;
}

/**
 * Where voters are placed by region: what the roll says, which points to the voter's shard. Null of
 * who is not on it, and where that is not told: a wrong hint costs a way, and the login is used up.
 */
async function regionOnRoll(
  deps: HttpDependencies,
  { decisionId, roll, shardMap, placement }: Manifest,
  pid: string,
): Promise<string | null> {
  if (placement === undefined || roll === null) return null;
  try {
    const [entry = null] = await deps.rolls.find({ decisionId, shardMap }, roll.import, [pid]);
    return entry?.region ?? null;
  } catch (error) {
    deps.report("edge.shard_failed", error, { decision: decisionId });
    return null;
  }
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
