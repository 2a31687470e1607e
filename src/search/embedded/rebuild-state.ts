import type { RebuildState } from "../search.ts";

/** The state of a round, by the newest one of the index. */
export function stateOfRound(
  round: number,
  newest: { round: number; isUnderWay: boolean },
): RebuildState {
  if (round !== newest.round) return "gone";
  return newest.isUnderWay ? "under_way" : "finished";
}
