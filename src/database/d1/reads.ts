import { and, eq, sum } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import type { BallotListQuery, DatabaseReads, RegionalResultListQuery } from "../database.ts";
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
      regionalResults: (query, limit) => d1Queries.regionalResults(orm, query, limit),
      ballots: (query, limit) => d1Queries.ballots(orm, query, limit),
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
      .select({ result: regionalResults, title: decisions.title, status: decisions.status })
      .from(regionalResults)
      .innerJoin(decisions, eq(decisions.id, regionalResults.decisionId))
      .where(regionalResultsAfter(regionalResults, query))
      .orderBy(...regionalResultsOrder(regionalResults))
      .limit(limit),

  ballots: (orm: DrizzleD1Database, { decisionId, after }: BallotListQuery, limit: number) =>
    orm
      .select()
      .from(votes)
      .where(and(eq(votes.decisionId, decisionId), ballotsAfter(votes, after)))
      .orderBy(...ballotsOrder(votes))
      .limit(limit),
};
