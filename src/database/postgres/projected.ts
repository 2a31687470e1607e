import { and, asc, count, countDistinct, eq, gt, lte, sql } from "drizzle-orm";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { countInPortions, storedShards } from "../count-in-portions.ts";
import type {
  SpanCounts,
  BallotCursor,
  BallotRecount,
  BallotSpan,
  DatabaseReads,
  Projected,
  ProjectedProgress,
  Recounted,
} from "../database.ts";
import { ballotsAfter, ballotsOrder } from "../list-filters.ts";
import { toRegionalResult } from "../list-reads.ts";
import { recountShards } from "../tally-of-counts.ts";
import { countOpenDeadLetters } from "./dead-letters.ts";
import {
  readDecisionPartitions,
  requireWholePartitions,
  type DecisionPartitions,
} from "./decision-partitions.ts";
import {
  postgresRegionalResultsTable as regionalResults,
  postgresShardProgressTable as shardProgress,
  postgresVotesTable as votes,
} from "./schema.ts";
import type { PostgresSession } from "./session.ts";

export function postgresProjected(
  session: PostgresSession,
): Pick<DatabaseReads, "readProgress" | "readProjected"> & BallotRecount & SpanCounts {
  const readWith = <Shard>(
    shardsOf: (
      orm: NodePgDatabase,
      decisionId: string,
      partitions: DecisionPartitions,
    ) => Promise<Shard[]>,
    decisionId: string,
    regions: readonly string[],
  ) =>
    session.run(async (client) => {
      const orm = drizzle(client);
      const partitions = await readDecisionPartitions(orm, decisionId);
      return {
        shards: partitions === null ? [] : await shardsOf(orm, decisionId, partitions),
        archived: partitions?.archived ?? [],
        openDeadLetters: await countOpenDeadLetters(orm, decisionId),
        results: await readResults(orm, decisionId, regions),
      };
    });
  return {
    readProgress: (decisionId, regions) => readWith(readShards, decisionId, regions),

    readProjected: (decisionId, regions) => readWith(countShards, decisionId, regions),

    readRecounted: (decisionId, regions) => readWith(readRecountedShards, decisionId, regions),

    countSpans: (decisionId, spans) =>
      session.run(async (client) => {
        const orm = drizzle(client);
        const partitions = await requireWholePartitions(orm, decisionId);
        const counts: number[] = [];
        for (const span of spans) {
          const [row] = partitions === null ? [] : await spanQuery(orm, partitions, span);
          counts.push(row?.ballots ?? 0);
        }
        return counts;
      }),
  };
}

async function readShards(
  orm: NodePgDatabase,
  decisionId: string,
): Promise<ProjectedProgress["shards"]> {
  const progress = await orm
    .select({ shard: shardProgress.shard, appliedSeq: shardProgress.appliedSeq })
    .from(shardProgress)
    .where(eq(shardProgress.decisionId, decisionId));
  return progress.map((shard) => ({ decisionId, ...shard }));
}

async function countShards(
  orm: NodePgDatabase,
  decisionId: string,
  partitions: DecisionPartitions,
): Promise<Projected["shards"]> {
  const progress = await readShards(orm, decisionId);
  const applied = new Map(progress.map(({ shard, appliedSeq }) => [shard, appliedSeq]));
  const counts = await countInPortions((after, max) =>
    countsQuery(orm, partitions, { after, max }),
  );
  return storedShards(decisionId, counts, applied);
}

async function readRecountedShards(
  orm: NodePgDatabase,
  decisionId: string,
  partitions: DecisionPartitions,
): Promise<Recounted["shards"]> {
  return recountShards(decisionId, await recountQuery(orm, partitions));
}

/** By region first, since that is how the key begins: a seek a region. */
async function readResults(
  orm: NodePgDatabase,
  decisionId: string,
  regions: readonly string[],
): Promise<Projected["results"]> {
  const isNamed = sql`${regionalResults.region} = ANY(${sql.param(regions)}::text[])`;
  const rows = await orm
    .select()
    .from(regionalResults)
    .where(and(isNamed, eq(regionalResults.decisionId, decisionId)));
  return rows.map(toRegionalResult);
}

/** The first `max` rows after a place, counted by shard. */
export function countsQuery(
  orm: NodePgDatabase,
  partitions: DecisionPartitions,
  { after, max: rows }: { after: BallotCursor; max: number },
) {
  const portion = orm
    .select({ shard: votes.shard, seq: votes.seq })
    .from(votes)
    .where(and(partitions.filter, ballotsAfter(votes, after)))
    .orderBy(...ballotsOrder(votes))
    .limit(rows)
    .as("portion");
  return orm
    .select({
      shard: portion.shard,
      ballots: count(),
      lastSeq: sql`max(${portion.seq})`.mapWith(Number),
    })
    .from(portion)
    .groupBy(portion.shard);
}

/** How many ballots of a span there are; a place can have two rows, in two partitions. */
export function spanQuery(
  orm: NodePgDatabase,
  partitions: DecisionPartitions,
  { shard, afterSeq, untilSeq }: BallotSpan,
) {
  const isInSpan = and(eq(votes.shard, shard), gt(votes.seq, afterSeq), lte(votes.seq, untilSeq));
  return orm
    .select({ ballots: countDistinct(votes.seq) })
    .from(votes)
    .where(and(partitions.filter, isInSpan));
}

/**
 * The newest ballot of each pid by shard, region and choice, with the number of all that are stored
 * and the progress of the shard.
 */
export function recountQuery(orm: NodePgDatabase, partitions: DecisionPartitions) {
  const { decisionId, shard, region, choice, weight } = votes;
  const age = sql`row_number() OVER (PARTITION BY ${shard}, ${votes.pid} ORDER BY ${votes.seq} DESC)`;
  const ballot = orm
    .select({ decisionId, shard, region, choice, weight, age: age.as("age") })
    .from(votes)
    .where(partitions.filter)
    .as("ballot");
  const isNewest = sql`FILTER (WHERE ${ballot.age} = 1)`;
  return orm
    .select({
      shard: ballot.shard,
      region: ballot.region,
      choice: ballot.choice,
      appliedSeq: shardProgress.appliedSeq,
      stored: count(),
      ballots: sql`count(*) ${isNewest}`.mapWith(Number),
      weight: sql`coalesce(sum(${ballot.weight}) ${isNewest}, 0)`.mapWith(BigInt),
    })
    .from(ballot)
    .leftJoin(
      shardProgress,
      and(eq(shardProgress.decisionId, ballot.decisionId), eq(shardProgress.shard, ballot.shard)),
    )
    .groupBy(ballot.shard, ballot.region, ballot.choice, shardProgress.appliedSeq)
    .orderBy(asc(ballot.shard));
}
