import type { Context } from "hono";
import type { Actor } from "../../audit-log/audit-entry.ts";
import type { BallotGrant } from "../../auth/ballot-token.ts";
import type { Decision, Manifest } from "../../decision/decision.ts";
import { discloseCounts, type DisclosedDecision } from "../../decision/visibility.ts";
import { areTokensOver } from "../../decision/token-lifetime.ts";
import { isForgotten } from "../../decision/forgetting.ts";
import { isPublished, isReadableBy, type DecisionReader } from "../../decision/readers.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import type { VotingContext } from "../../ports/decisions.ts";
import { findReaderOf } from "../middleware/credentials.ts";
import { Problem } from "../problem.ts";

/** Finds out who asks. Where a decision is everybody's to read, nobody needs to know. */
export type FindReader = () => Promise<DecisionReader>;

/** Who asks for a decision without having to: by the key or session that the request may have. */
export function readerOf(deps: HttpDependencies, c: Context): FindReader {
  return () => findReaderOf(deps, c.req.raw, c.req.param("decisionId") ?? null);
}

/** Who asks, where a guard has found that out. */
export function knownReader(c: Context<{ Variables: { actor: Actor } }>): FindReader {
  return () => Promise.resolve(c.get("actor"));
}

const stranger: FindReader = () => Promise.resolve(null);

/**
 * A decision that is there for this reader: a draft is not there for strangers. They must not tell
 * it from none, so both take the same way.
 * @throws {Problem} decision.not_found
 */
export async function requireDecision(
  deps: HttpDependencies,
  decisionId: string,
  findReader = stranger,
): Promise<Decision> {
  const decision = await deps.decisions.read(decisionId);
  if (decision !== null && isPublished(decision)) return decision;
  const reader = await findReader();
  if (decision !== null && isReadableBy(decision, reader)) return decision;
  throw new Problem("decision.not_found");
}

/**
 * The same where its keys, roll and ballots are not forgotten.
 * @throws {Problem} decision.not_found, decision.forgotten
 */
export async function requireRemembered(
  deps: HttpDependencies,
  decisionId: string,
  findReader = stranger,
): Promise<Decision> {
  const decision = await requireDecision(deps, decisionId, findReader);
  if (isForgotten(decision, deps.now())) throw new Problem("decision.forgotten");
  return decision;
}

/**
 * The decision of a ballot token, as long as the token is good for it.
 * @throws {Problem} decision.not_found, decision.forgotten, token.wrong_decision, token.expired
 */
export async function requireVotersDecision(
  deps: HttpDependencies,
  decisionId: string,
  grant: Pick<BallotGrant, "decisionId">,
): Promise<Decision> {
  const decision = await requireRemembered(deps, decisionId);
  if (grant.decisionId !== decisionId) throw new Problem("token.wrong_decision");
  if (areTokensOver(decision.closedAt, deps.now())) throw new Problem("token.expired");
  return decision;
}

/** @throws {Problem} decision.not_found, also where it was never opened */
export async function requireVotingContext(
  deps: HttpDependencies,
  decisionId: string,
): Promise<VotingContext> {
  const context = await deps.decisions.votingContext(decisionId);
  if (context !== null) return context;
  await requireDecision(deps, decisionId);
  // Opened in between.
  throw new Problem("decision.not_open");
}

/**
 * A decision whose single ballots and shard tallies may be read, whatever the role.
 * @throws {Problem} decision.not_found, results.sealed
 */
export async function requireDisclosed(
  deps: HttpDependencies,
  decisionId: string,
  findReader = stranger,
): Promise<DisclosedDecision> {
  const disclosed = discloseCounts(await requireDecision(deps, decisionId, findReader));
  if (disclosed === null) throw new Problem("results.sealed");
  return disclosed;
}

/** The frozen manifest, or null before it is opened. @throws {Problem} decision.not_found */
export async function findManifest(
  deps: HttpDependencies,
  decisionId: string,
  findReader = stranger,
): Promise<Manifest | null> {
  const context = await deps.decisions.votingContext(decisionId);
  return context?.manifest ?? (await requireDecision(deps, decisionId, findReader)).manifest;
}
