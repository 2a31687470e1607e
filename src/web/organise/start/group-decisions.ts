import type { ManagedDecision } from "./managed-decisions.ts";
import { turnOf, waitOf, type Turn } from "./waiting-words.ts";

export type DecisionGroup = { turn: Turn; decisions: ManagedDecision[] };

const order: readonly Turn[] = ["yours", "voters", "service", "nobody"];

/** Decisions by whose turn it is at `now` (ms), one's own first; within a group as they came. */
export function groupDecisions(
  decisions: readonly ManagedDecision[],
  now: number,
): DecisionGroup[] {
  const groups = Map.groupBy(decisions, (decision) => turnOf(waitOf(decision, now)));
  return order.flatMap((turn) => {
    const found = groups.get(turn);
    return found === undefined ? [] : [{ turn, decisions: found }];
  });
}
