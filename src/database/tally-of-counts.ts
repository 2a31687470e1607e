import type { BallotChoice } from "../ballot/ballot.ts";
import type { Recounted } from "./database.ts";
import { emptyRegionTally, type RegionTally, type Tally } from "../ballot/tally.ts";

/** Ballots of a region and choice that a database has counted. */
export type StoredCount = {
  region: string;
  choice: BallotChoice;
  ballots: number;
  weight: bigint;
};

/**
 * The tally that these counts are of, each region and choice once; what was withdrawn counts for
 * nothing.
 */
export function tallyOfCounts(counts: readonly StoredCount[]): Tally {
  const tally = new Map<string, RegionTally>();
  for (const { region, choice, ballots, weight } of counts) {
    if (choice === "withdrawn" || ballots === 0) continue;
    const cell = tally.get(region) ?? emptyRegionTally();
    cell[choice] = { ballots, weight };
    tally.set(region, cell);
  }
  return tally;
}

/**
 * What a database counted of a shard: ballots of a region and choice, of all that it has stored.
 */
export type ShardCount = StoredCount & { shard: number; stored: number; appliedSeq: number | null };

/** Shards with the tallies that their counts come to, and with how many ballots are stored. */
export function recountShards(
  decisionId: string,
  counts: readonly ShardCount[],
): Recounted["shards"] {
  return [...Map.groupBy(counts, ({ shard }) => shard)].map(([shard, ofShard]) => ({
    decisionId,
    shard,
    ballots: ofShard.reduce((sum, { stored }) => sum + stored, 0),
    appliedSeq: ofShard[0]?.appliedSeq ?? 0,
    tally: tallyOfCounts(ofShard),
  }));
}
