import type { Decision, Manifest } from "../../decision/decision.ts";
import { discloseCounts, type DisclosedDecision } from "../../decision/visibility.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import type { VotingContext } from "../../ports/decisions.ts";
import { Problem } from "../problem.ts";

/** @throws {Problem} decision.not_found */
export async function requireDecision(
  deps: HttpDependencies,
  decisionId: string,
): Promise<Decision> {
  const decision = await deps.decisions.read(decisionId);
  if (decision === null) throw new Problem("decision.not_found");
  return decision;
}

/** @throws {Problem} decision.not_found, or decision.not_open where it never was opened */
export async function requireVotingContext(
  deps: HttpDependencies,
  decisionId: string,
): Promise<VotingContext> {
  const context = await deps.decisions.votingContext(decisionId);
  if (context !== null) return context;
  const { status } = await requireDecision(deps, decisionId);
  throw new Problem(status === "cancelled" ? "decision.closed" : "decision.not_open");
}

/**
 * A decision whose single ballots and shard tallies may be read, whatever the role.
 * @throws {Problem} decision.not_found, results.sealed
 */
export async function requireDisclosed(
  deps: HttpDependencies,
  decisionId: string,
): Promise<DisclosedDecision> {
  const disclosed = discloseCounts(await requireDecision(deps, decisionId));
  if (disclosed === null) throw new Problem("results.sealed");
  return disclosed;
}

/** The frozen manifest, or null before it is opened. @throws {Problem} decision.not_found */
export async function findManifest(
  deps: HttpDependencies,
  decisionId: string,
): Promise<Manifest | null> {
  const context = await deps.decisions.votingContext(decisionId);
  return context?.manifest ?? (await requireDecision(deps, decisionId)).manifest;
}
