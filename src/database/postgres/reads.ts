import { and, asc, desc, eq, gt, sum } from "drizzle-orm";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { ballotsAfter, decisionsAfter } from "../cursors.ts";
import type { BallotCursor, DatabaseReads, DecisionCursor } from "../database.ts";
import { ballotsPage, decisionsPage, regionalResultsPage } from "../list-pages.ts";
import { decisions, regionalResults, shardProgress, votes } from "./schema.ts";
import type { PostgresSession } from "./session.ts";
import { readDecisionPartitions, type DecisionPartitions } from "./decision-partitions.ts";

/** The queries behind the API's lists. Each reads one row more than asked for, to know whether a page follows. */
export function postgresReads(
  session: PostgresSession,
): Omit<DatabaseReads, "readProjected" | "health"> {
  const read = <T>(work: (orm: NodePgDatabase) => Promise<T>): Promise<T> =>
    session.run((client) => work(drizzle(client)));
  return {
    async listDecisions({ status, after, perPage }) {
      const rows = await read(async (orm) => decisionsQuery(orm, status, after, perPage));
      return decisionsPage(rows, perPage);
    },

    async listRegionalResults({ region, after, perPage }) {
      const rows = await read(async (orm) => regionalResultsQuery(orm, region, after, perPage));
      return regionalResultsPage(rows, perPage);
    },

    async listBallots({ decisionId, after, perPage }) {
      const rows = await read(async (orm) => {
        const partitions = await readDecisionPartitions(orm, decisionId);
        return partitions === null ? [] : ballotsQuery(orm, partitions, after, perPage);
      });
      return ballotsPage(rows, perPage);
    },

    async countApplied(decisionId) {
      const [row] = await read(async (orm) =>
        orm
          .select({ applied: sum(shardProgress.appliedSeq) })
          .from(shardProgress)
          .where(eq(shardProgress.decisionId, decisionId)),
      );
      return Number(row?.applied ?? 0);
    },
  };
}

export function decisionsQuery(
  orm: NodePgDatabase,
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
  orm: NodePgDatabase,
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
  orm: NodePgDatabase,
  partitions: DecisionPartitions,
  after: BallotCursor | null,
  perPage: number,
) {
  return orm
    .select()
    .from(votes)
    .where(and(partitions.filter, ballotsAfter(votes, after)))
    .orderBy(asc(votes.shard), asc(votes.seq))
    .limit(perPage + 1);
}
