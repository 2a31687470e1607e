import type { ShardAddress } from "../../src/ballot/receipt.ts";
import { isSameRegionTally, isSameTally, sumTallies, type Tally } from "../../src/ballot/tally.ts";
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
export type ProjectionReads = Pick<DatabaseReads, "countApplied" | "readProjected"> & BallotRecount;

/**
 * Whether the database holds all that the record holds and nothing else: every shard's rows up to
 * its seal, which recounted give its sealed tally, the regional results, and no dead letter. Few
 * ballots are recounted in one query. Many are recounted in parts, once the sum of the shards'
 * progress and the number of rows are right.
 */
export async function isProjectionComplete(
  reads: ProjectionReads,
  result: ShownCounts,
  seals: readonly ShardSnapshot[],
): Promise<boolean> {
  const { decisionId, accepted } = result;
  const regions = [...result.regions.keys()];
  if (accepted <= limits.certifyTogetherBallotsMax) {
    const recounted = await reads.readRecounted(decisionId, regions);
    const tallies = new Map(recounted.shards.map(({ shard, tally }) => [shard, tally]));
    return (
      areRowsWhole(recounted, result, seals) &&
      seals.every(({ shard, tally }) => isSameTally(tally, tallies.get(shard) ?? new Map()))
    );
  }
  if ((await reads.countApplied(decisionId)) !== accepted) return false;
  const projected = await reads.readProjected(decisionId, regions);
  if (!areRowsWhole(projected, result, seals)) return false;
  for (const { shard, seq, tally } of seals) {
    const recounted = await recountInParts(reads, { decisionId, shard }, seq);
    if (!isSameTally(tally, recounted)) return false;
  }
  return true;
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

/** One part after another: D1 has one thread, which takes no other query while it counts. */
async function recountInParts(
  reads: BallotRecount,
  shard: ShardAddress,
  ballots: number,
): Promise<Tally> {
  const wanted = Math.ceil(ballots / limits.certifyPartBallots);
  const of = Math.min(Math.max(wanted, 1), limits.certifyPartsMax);
  const tallies: Tally[] = [];
  for (let index = 0; index < of; index += 1) {
    tallies.push(await reads.recountPart(shard, { index, of }));
  }
  return sumTallies(tallies);
}

function areResultsWhole({ regions }: ShownCounts, rows: readonly RegionalResultRow[]): boolean {
  const stored = new Map(rows.map((row) => [row.region, row]));
  return [...regions].every(([region, { figures }]) => {
    const row = stored.get(region);
    return row !== undefined && row.isFinal && isSameRegionTally(row.tally, figures);
  });
}
