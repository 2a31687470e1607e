import type { BallotChoice } from "../ballot/ballot.ts";
import { emptyRegionTally, type RegionTally, type Tally } from "../ballot/tally.ts";

/** Ballots of a region and choice that a database has counted. */
export type StoredCount = {
  region: string;
  choice: BallotChoice;
  ballots: number;
  weight: bigint;
};

/** The tally that these counts are of, each region and choice once; what was withdrawn counts for nothing. */
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
