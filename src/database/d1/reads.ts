import { and, asc, desc, eq, gt, sql, sum } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import { ballotsAfter, decisionsAfter } from "../cursors.ts";
import type { BallotCursor, DatabaseReads, DecisionCursor } from "../database.ts";
import { ballotsPage, decisionsPage, regionalResultsPage } from "../list-pages.ts";
import { decisions, regionalResults, shardProgress, votes } from "./schema.ts";

/** The queries behind the API's lists. Each reads one row more than asked for, to know whether a page follows. */
export function d1Reads(orm: DrizzleD1Database): Omit<DatabaseReads, "readProjected"> {
  return {
    async listDecisions({ status, after, perPage }) {
      const rows = await decisionsQuery(orm, status, after, perPage);
      return decisionsPage(rows, perPage);
    },

    async listRegionalResults({ region, after, perPage }) {
      const rows = await regionalResultsQuery(orm, region, after, perPage);
      return regionalResultsPage(rows, perPage);
    },

    async listBallots({ decisionId, after, perPage }) {
      const rows = await ballotsQuery(orm, decisionId, after, perPage);
      return ballotsPage(rows, perPage);
    },

    async countApplied(decisionId) {
      const [row] = await orm
        .select({ applied: sum(shardProgress.appliedSeq) })
        .from(shardProgress)
        .where(eq(shardProgress.decisionId, decisionId));
      return Number(row?.applied ?? 0);
    },

    async health() {
      try {
        await orm.get(sql`SELECT 1`);
        return { kind: "d1", problems: [] };
      } catch {
        return { kind: "d1", problems: ["the database does not answer"] };
      }
    },
  };
}

export function decisionsQuery(
  orm: DrizzleD1Database,
  status: string | null,
  after: DecisionCursor | null,
  perPage: number,
) {
  return orm
    .select()
    .from(decisions)
    .where(decisionsAfter(decisions, status, after))
    .orderBy(desc(decisions.createdAt), desc(decisions.id))
    .limit(perPage + 1);
}

export function regionalResultsQuery(
  orm: DrizzleD1Database,
  region: string,
  after: string | null,
  perPage: number,
) {
  const filter = eq(regionalResults.region, region);
  return orm
    .select({ result: regionalResults, title: decisions.title, status: decisions.status })
    .from(regionalResults)
    .innerJoin(decisions, eq(decisions.id, regionalResults.decisionId))
    .where(after === null ? filter : and(filter, gt(regionalResults.decisionId, after)))
    .orderBy(asc(regionalResults.decisionId))
    .limit(perPage + 1);
}

export function ballotsQuery(
  orm: DrizzleD1Database,
  decisionId: string,
  after: BallotCursor | null,
  perPage: number,
) {
  return orm
    .select()
    .from(votes)
    .where(and(eq(votes.decisionId, decisionId), ballotsAfter(votes, after)))
    .orderBy(asc(votes.shard), asc(votes.seq))
    .limit(perPage + 1);
}
