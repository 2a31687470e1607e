import type { Decision } from "../../decision/decision.ts";
import type { RollEntry } from "../../decision/roll.ts";
import { shardMapOf } from "../../decision/shard-map-of.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { Problem } from "../problem.ts";

/**
 * The entries of voters in a decision's roll: that of the manifest or, before it is frozen, the one
 * in force. In their order, null of whoever is not on it.
 * @throws {Problem} roll.missing before the first import
 */
export function findOnRoll(
  deps: Pick<HttpDependencies, "rolls">,
  decision: Decision,
  pids: readonly string[],
): Promise<(RollEntry | null)[]> {
  const { draft, manifest } = decision;
  const roll = manifest === null ? decision.roll : manifest.roll;
  if (roll === null) throw new Problem("roll.missing");
  const plan = { decisionId: draft.id, shardMap: shardMapOf(decision) };
  return deps.rolls.find(plan, roll.import, pids);
}

/** What an entry says; of nobody where there is none. */
export function viewEntry(entry: RollEntry | null) {
  return { eligible: entry !== null, region: entry?.region ?? null, weight: entry?.weight ?? null };
}
