import { and, eq, sum } from "drizzle-orm";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import type { BallotCursor, DatabaseReads, RegionalResultListQuery } from "../database.ts";
import {
  ballotsAfter,
  ballotsOrder,
  decisionsAfter,
  decisionsOrder,
  type DecisionRowsQuery,
  regionalResultsAfter,
  regionalResultsOrder,
} from "../list-filters.ts";
import { listReads } from "../list-reads.ts";
import { requireWholePartitions, type DecisionPartitions } from "./decision-partitions.ts";
import {
  postgresDecisionsTable as decisions,
  postgresListedResultsTable as listedResults,
  postgresRegionalResultsTable as regionalResults,
  postgresShardProgressTable as shardProgress,
  postgresVotesTable as votes,
} from "./schema.ts";
import type { PostgresSession } from "./session.ts";

/** The reads of the database port on Postgres. */
export function postgresReads(
  session: PostgresSession,
): Omit<DatabaseReads, "readProgress" | "readProjected" | "health"> {
  const read = <T>(work: (orm: NodePgDatabase) => PromiseLike<T>): Promise<T> =>
    session.run(async (client) => work(drizzle(client)));
  return {
    ...listReads({
      decisions: (query, limit) => read((orm) => postgresQueries.decisions(orm, query, limit)),
      regionalResults: (query, limit) =>
        read((orm) => postgresQueries.regionalResults(orm, query, limit)),
      ballots: ({ decisionId, after }, limit) =>
        read(async (orm) => {
          const partitions = await requireWholePartitions(orm, decisionId);
          if (partitions === null) return [];
          return postgresQueries.ballots(orm, { partitions, after }, limit);
        }),
    }),

    async countApplied(decisionId) {
      const [row] = await read((orm) =>
        orm
          .select({ applied: sum(shardProgress.appliedSeq) })
          .from(shardProgress)
          .where(eq(shardProgress.decisionId, decisionId)),
      );
      return Number(row?.applied ?? 0);
    },
  };
}

/** The queries behind the API's lists. */
export const postgresQueries = {
  decisions: (orm: NodePgDatabase, query: DecisionRowsQuery, limit: number) =>
    orm
      .select({ row: decisions, result: listedResults.document })
      .from(decisions)
      .leftJoin(listedResults, eq(listedResults.decisionId, decisions.id))
      .where(decisionsAfter(decisions, query))
      .orderBy(...decisionsOrder(decisions))
      .limit(limit),

  regionalResults: (orm: NodePgDatabase, query: RegionalResultListQuery, limit: number) =>
    orm
      .select({
        result: regionalResults,
        title: decisions.title,
        status: decisions.status,
      })
      .from(regionalResults)
      .innerJoin(decisions, eq(decisions.id, regionalResults.decisionId))
      .where(regionalResultsAfter(regionalResults, query))
      .orderBy(...regionalResultsOrder(regionalResults))
      .limit(limit),

  ballots: (
    orm: NodePgDatabase,
    { partitions, after }: { partitions: DecisionPartitions; after: BallotCursor | null },
    limit: number,
  ) =>
    orm
      .select()
      .from(votes)
      .where(and(partitions.filter, ballotsAfter(votes, after)))
      .orderBy(...ballotsOrder(votes))
      .limit(limit),
};
