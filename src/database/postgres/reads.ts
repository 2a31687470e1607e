import { and, eq, inArray, sql, sum } from "drizzle-orm";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import type {
  BallotCursor,
  BallotListQuery,
  DatabaseReads,
  ListedQuery,
  RegionalResultListQuery,
} from "../database.ts";
import {
  ballotsAfter,
  ballotsOrder,
  ballotsUntil,
  decisionsAfter,
  decisionsOrder,
  type DecisionRowsQuery,
  regionalResultsAfter,
  regionalResultsOrder,
} from "../list-filters.ts";
import { listReads, lookUpBallots } from "../list-reads.ts";
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
      listed: (query) => read((orm) => postgresQueries.listed(orm, query)),
      regionalResults: (query, limit) =>
        read((orm) => postgresQueries.regionalResults(orm, query, limit)),
      ballots: (query, limit) =>
        read(async (orm) => {
          const partitions = await requireWholePartitions(orm, query.decisionId);
          if (partitions === null) return { ballots: [], lookedUntil: null };
          return lookUpBallots(query, {
            ballotAt: (offset) => postgresQueries.ballotAt(orm, { ...query, partitions }, offset),
            ballots: (until) =>
              postgresQueries.ballots(orm, { ...query, partitions, until }, limit),
          });
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

type BallotsQuery = Pick<BallotListQuery, "after" | "region" | "choice"> & {
  partitions: DecisionPartitions;
  until?: BallotCursor | null;
};

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
        rehearsal: sql<boolean | null>`(${decisions.document}::json ->> 'rehearsal')::boolean`,
      })
      .from(regionalResults)
      .innerJoin(decisions, eq(decisions.id, regionalResults.decisionId))
      .where(regionalResultsAfter(regionalResults, query))
      .orderBy(...regionalResultsOrder(regionalResults))
      .limit(limit),

  listed: (orm: NodePgDatabase, { ids, audiences }: ListedQuery) =>
    orm
      .select({ row: decisions, result: listedResults.document })
      .from(decisions)
      .leftJoin(listedResults, eq(listedResults.decisionId, decisions.id))
      .where(
        and(
          inArray(decisions.id, [...ids]),
          audiences === null ? undefined : inArray(decisions.audience, [...audiences]),
        ),
      ),

  ballotAt: (orm: NodePgDatabase, { partitions, after }: BallotsQuery, offset: number) =>
    orm
      .select({ shard: votes.shard, seq: votes.seq })
      .from(votes)
      .where(and(partitions.filter, ballotsAfter(votes, after)))
      .orderBy(...ballotsOrder(votes))
      .limit(1)
      .offset(offset),

  ballots: (
    orm: NodePgDatabase,
    { partitions, after, until = null, ...filter }: BallotsQuery,
    limit: number,
  ) =>
    orm
      .select()
      .from(votes)
      .where(and(partitions.filter, ballotsAfter(votes, after), ballotsUntil(votes, until, filter)))
      .orderBy(...ballotsOrder(votes))
      .limit(limit),
};
