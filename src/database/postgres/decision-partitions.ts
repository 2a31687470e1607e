import { and, eq, sql, type SQL } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { BallotsArchived, type ArchivedPart } from "../database.ts";
import {
  postgresDecisionPartitionsTable as decisionPartitions,
  postgresVotesTable as votes,
} from "./schema.ts";

/** The ballots of one decision, in the partitions that hold them. */
export type DecisionPartitions = {
  filter: SQL | undefined;
  /** Parts whose partition is not attached: a query with the filter finds nothing of them. */
  archived: ArchivedPart[];
};

/**
 * Whether the partition of a region and quarter is missing. Where a region has no partition of its
 * own its ballots are in the shared one, unless its own lies detached.
 */
const isArchived = sql`CASE
  WHEN is_vote_partition(vote_region_partition(region))
    THEN NOT is_vote_partition(vote_quarter_partition(vote_region_partition(region), quarter))
  ELSE NOT is_vote_partition(vote_quarter_partition('votes_other', quarter))
    OR to_regclass('public.' || vote_region_partition(region)) IS NOT NULL
END`;
const part = sql`json_build_object(
  'region', region,
  'quarter', to_char(to_timestamp(quarter / 1000) AT TIME ZONE 'UTC', 'YYYY"q"Q')
)`;

/**
 * Where a decision's ballots are, or null where it has none. Their values go into the query that
 * follows, so that Postgres leaves out the other partitions when it plans: it can't when they come
 * from a join, and would look into every region and quarter there has ever been.
 */
export async function readDecisionPartitions(
  orm: NodePgDatabase,
  decisionId: string,
): Promise<DecisionPartitions | null> {
  const [row] = await orm
    .select({
      regions: sql<string[] | null>`array_agg(DISTINCT ${decisionPartitions.region})`,
      since: sql<string>`min(${decisionPartitions.quarter})`,
      until: sql<string>`next_vote_quarter(max(${decisionPartitions.quarter}))`,
      archived: sql<ArchivedPart[] | null>`
        json_agg(${part} ORDER BY region, quarter) FILTER (WHERE ${isArchived})`,
    })
    .from(decisionPartitions)
    .where(eq(decisionPartitions.decisionId, decisionId));
  if (row === undefined || row.regions === null) return null;
  const { regions, since, until, archived } = row;
  return {
    archived: archived ?? [],
    filter: and(
      eq(votes.decisionId, decisionId),
      sql`${votes.region} = ANY(${sql.param(regions)}::text[])`,
      sql`${votes.acceptedAt} >= ${since}::bigint AND ${votes.acceptedAt} < ${until}::bigint`,
    ),
  };
}

/** The same for who reads ballots. @throws {BallotsArchived} where a partition is not attached */
export async function requireWholePartitions(
  orm: NodePgDatabase,
  decisionId: string,
): Promise<DecisionPartitions | null> {
  const partitions = await readDecisionPartitions(orm, decisionId);
  if (partitions !== null && partitions.archived.length > 0)
    throw new BallotsArchived(partitions.archived);
  return partitions;
}
