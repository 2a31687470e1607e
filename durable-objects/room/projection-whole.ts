import { isSameRegionTally } from "../../src/ballot/tally.ts";
import type { DatabaseReads, RegionalResultRow } from "../../src/database/database.ts";
import { limits } from "../../src/limits.ts";
import type { ShownCounts } from "../../src/results/shown-result.ts";
import type { ShardSnapshot } from "../../src/results/shard-snapshot.ts";

/** What a room asks of the database before it certifies. */
export type ProjectionReads = Pick<DatabaseReads, "countApplied" | "readProjected">;

/**
 * Whether the database holds all that the record holds and nothing else: every shard's rows up to its seal, the regional results, and
 * no dead letter. Where counting the rows would take long, the sum of the shards' progress is asked first, and the rest only once that is right.
 */
export async function isProjectionWhole(
  reads: ProjectionReads,
  result: ShownCounts,
  seals: readonly ShardSnapshot[],
): Promise<boolean> {
  const { decisionId, accepted } = result;
  const isLarge = accepted > limits.certifyCountBallotsMax;
  if (isLarge && (await reads.countApplied(decisionId)) !== accepted) return false;
  const { shards, openLetters, results } = await reads.readProjected(decisionId, [
    ...result.regions.keys(),
  ]);
  const stored = new Map(shards.map((shard) => [shard.shard, shard]));
  const areBallotsWhole = seals.every(({ shard, seq }) => {
    const { appliedSeq, ballots } = stored.get(shard) ?? { appliedSeq: 0, ballots: 0 };
    return appliedSeq === seq && ballots === seq;
  });
  const hasNoStranger = shards.every(({ shard }) => seals.some((seal) => seal.shard === shard));
  return openLetters === 0 && areBallotsWhole && hasNoStranger && areResultsWhole(result, results);
}

function areResultsWhole({ regions }: ShownCounts, rows: readonly RegionalResultRow[]): boolean {
  const stored = new Map(rows.map((row) => [row.region, row]));
  return [...regions].every(([region, { figures }]) => {
    const row = stored.get(region);
    return row !== undefined && row.isFinal && isSameRegionTally(row.tally, figures);
  });
}
