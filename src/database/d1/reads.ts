import { and, eq, inArray, sql, sum } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
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
import {
  d1DecisionsTable as decisions,
  d1ListedResultsTable as listedResults,
  d1RegionalResultsTable as regionalResults,
  d1ShardProgressTable as shardProgress,
  d1VotesTable as votes,
} from "./schema.ts";

/** The reads of the database port on D1. */
export function d1Reads(
  orm: DrizzleD1Database,
): Omit<DatabaseReads, "readProgress" | "readProjected" | "health"> {
  return {
    ...listReads({
      decisions: (query, limit) => d1Queries.decisions(orm, query, limit),
      listed: (query) => d1Queries.listed(orm, query),
      regionalResults: (query, limit) => d1Queries.regionalResults(orm, query, limit),
      ballots: (query, limit) =>
        lookUpBallots(query, {
          ballotAt: (offset) => d1Queries.ballotAt(orm, query, offset),
          ballots: (until) => d1Queries.ballots(orm, { ...query, until }, limit),
        }),
    }),

    async countApplied(decisionId) {
      const [row] = await orm
        .select({ applied: sum(shardProgress.appliedSeq) })
        .from(shardProgress)
        .where(eq(shardProgress.decisionId, decisionId));
      return Number(row?.applied ?? 0);
    },
  };
}

type BallotsQuery = BallotListQuery & { until?: BallotCursor | null };

/** The queries behind the API's lists. */
export const d1Queries = {
  decisions: (orm: DrizzleD1Database, query: DecisionRowsQuery, limit: number) =>
    orm
      .select({ row: decisions, result: listedResults.document })
      .from(decisions)
      .leftJoin(listedResults, eq(listedResults.decisionId, decisions.id))
      .where(decisionsAfter(decisions, query))
      .orderBy(...decisionsOrder(decisions))
      .limit(limit),

  regionalResults: (orm: DrizzleD1Database, query: RegionalResultListQuery, limit: number) =>
    orm
      .select({
        result: regionalResults,
        title: decisions.title,
        status: decisions.status,
        rehearsal: sql<number | null>`json_extract(${decisions.document}, '$.rehearsal')`,
      })
      .from(regionalResults)
      .innerJoin(decisions, eq(decisions.id, regionalResults.decisionId))
      .where(regionalResultsAfter(regionalResults, query))
      .orderBy(...regionalResultsOrder(regionalResults))
      .limit(limit),

  listed: (orm: DrizzleD1Database, { ids, audiences }: ListedQuery) =>
    orm
      .select({ row: decisions, result: listedResults.document })
      .from(decisions)
      .leftJoin(listedResults, eq(listedResults.decisionId, decisions.id))
      .where(
        and(
          // One parameter, of which a statement may have a hundred.
          sql`${decisions.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
          audiences === null ? undefined : inArray(decisions.audience, [...audiences]),
        ),
      ),

  ballotAt: (
    orm: DrizzleD1Database,
    { decisionId, after }: Pick<BallotListQuery, "decisionId" | "after">,
    offset: number,
  ) =>
    orm
      .select({ shard: votes.shard, seq: votes.seq })
      .from(votes)
      .where(and(eq(votes.decisionId, decisionId), ballotsAfter(votes, after)))
      .orderBy(...ballotsOrder(votes))
      .limit(1)
      .offset(offset),

  ballots: (
    orm: DrizzleD1Database,
    { decisionId, after, until = null, ...filter }: BallotsQuery,
    limit: number,
  ) =>
    orm
      .select()
      .from(votes)
      .where(
        and(
          eq(votes.decisionId, decisionId),
          ballotsAfter(votes, after),
          ballotsUntil(votes, until, filter),
        ),
      )
      .orderBy(...ballotsOrder(votes))
      .limit(limit),
};
