import { and, eq, sql, type SQL } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import {
  postgresDecisionPartitionsTable as decisionPartitions,
  postgresVotesTable as votes,
} from "./schema.ts";

/** The ballots of one decision, in the partitions that hold them. */
export type DecisionPartitions = { filter: SQL | undefined };

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
    })
    .from(decisionPartitions)
    .where(eq(decisionPartitions.decisionId, decisionId));
  if (row === undefined || row.regions === null) return null;
  const { regions, since, until } = row;
  return {
    filter: and(
      eq(votes.decisionId, decisionId),
      sql`${votes.region} = ANY(${sql.param(regions)}::text[])`,
      sql`${votes.acceptedAt} >= ${since}::bigint AND ${votes.acceptedAt} < ${until}::bigint`,
    ),
  };
}
