import { isSameRegionTally, isSameTally } from "../../src/ballot/tally.ts";
import type {
  BallotRecount,
  DatabaseReads,
  Projected,
  RegionalResultRow,
} from "../../src/database/database.ts";
import { limits } from "../../src/shared/limits.ts";
import type { ShownCounts } from "../../src/results/shown-result.ts";
import type { ShardSnapshot } from "../../src/results/shard-snapshot.ts";

/** What a room asks of the database before it certifies. */
export type ProjectionReads = Pick<
  DatabaseReads,
  "countApplied" | "readProgress" | "readProjected"
> &
  BallotRecount;

/**
 * What the counts say: `recounted` where the rows, counted again, come to the seals; `counted` where
 * they are as many as they should be, of a decision whose rows are too many for one question.
 */
export type ProjectionState = "incomplete" | "counted" | "recounted";

/**
 * Whether the database holds as much as the record: every shard's rows up to its seal and none
 * beyond, the regional results, and no dead letter. Of few ballots also what they come to.
 */
export async function checkProjection(
  reads: ProjectionReads,
  result: ShownCounts,
  seals: readonly ShardSnapshot[],
): Promise<ProjectionState> {
  const { decisionId, accepted } = result;
  const regions = [...result.regions.keys()];
  if (accepted <= limits.certifyTogetherBallotsMax) {
    const recounted = await reads.readRecounted(decisionId, regions);
    const tallies = new Map(recounted.shards.map(({ shard, tally }) => [shard, tally]));
    const isSame =
      areRowsWhole(recounted, result, seals) &&
      seals.every(({ shard, tally }) => isSameTally(tally, tallies.get(shard) ?? new Map()));
    return isSame ? "recounted" : "incomplete";
  }
  // A sum over shards first: while ballots are on their way nothing is counted.
  if ((await reads.countApplied(decisionId)) !== accepted) return "incomplete";
  const projected = await reads.readProjected(decisionId, regions);
  return areRowsWhole(projected, result, seals) ? "counted" : "incomplete";
}

function areRowsWhole(
  { shards, openDeadLetters, results }: Projected,
  result: ShownCounts,
  seals: readonly ShardSnapshot[],
): boolean {
  const stored = new Map(shards.map((shard) => [shard.shard, shard]));
  const areBallotsWhole = seals.every(({ shard, seq }) => {
    const { appliedSeq, ballots } = stored.get(shard) ?? { appliedSeq: 0, ballots: 0 };
    return appliedSeq === seq && ballots === seq;
  });
  const hasNoStranger = shards.every(({ shard }) => seals.some((seal) => seal.shard === shard));
  return (
    openDeadLetters === 0 && areBallotsWhole && hasNoStranger && areResultsWhole(result, results)
  );
}

function areResultsWhole({ regions }: ShownCounts, rows: readonly RegionalResultRow[]): boolean {
  const stored = new Map(rows.map((row) => [row.region, row]));
  return [...regions].every(([region, { figures }]) => {
    const row = stored.get(region);
    return row !== undefined && row.isFinal && isSameRegionTally(row.tally, figures);
  });
}
