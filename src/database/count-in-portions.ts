import { limits } from "../shared/limits.ts";
import type { BallotCursor, Projected } from "./database.ts";

/** Rows of a shard in a portion, and the last of them. */
export type PortionCount = { shard: number; ballots: number; lastSeq: number };

/**
 * Counts a decision's rows by shard, `rowsMax` a statement, so that no database breaks one off. `count`
 * counts the first `max` rows after a place.
 */
export async function countInPortions(
  count: (after: BallotCursor, max: number) => Promise<PortionCount[]>,
  rowsMax: number = limits.countedRowsMax,
): Promise<Map<number, number>> {
  const counts = new Map<number, number>();
  let after: BallotCursor = { shard: -1, seq: 0 };
  for (;;) {
    const portion = await count(after, rowsMax);
    let rows = 0;
    for (const { shard, ballots, lastSeq } of portion.toSorted((a, b) => a.shard - b.shard)) {
      counts.set(shard, (counts.get(shard) ?? 0) + ballots);
      rows += ballots;
      after = { shard, seq: lastSeq };
    }
    if (rows < rowsMax) return counts;
  }
}

/** The shards of a decision by what was counted of each, also those whose rows are all gone. */
export function storedShards(
  decisionId: string,
  counts: ReadonlyMap<number, number>,
  applied: ReadonlyMap<number, number>,
): Projected["shards"] {
  const known = new Set([...counts.keys(), ...applied.keys()]);
  return [...known]
    .toSorted((one, other) => one - other)
    .map((shard) => ({
      decisionId,
      shard,
      ballots: counts.get(shard) ?? 0,
      appliedSeq: applied.get(shard) ?? 0,
    }));
}
