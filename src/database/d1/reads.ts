import { and, asc, desc, eq, gt, sql, sum, type SQL } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import type { BallotCursor, DatabaseReads, RegionalResultRow } from "../database.ts";
import { cutPage } from "../cut-page.ts";
import { decisions, regionalResults, shardProgress, votes } from "./schema.ts";

/** The queries behind the API's lists. Each reads one row more than asked for, to know whether a page follows. */
export function d1Reads(orm: DrizzleD1Database): Omit<DatabaseReads, "readProjected"> {
  return {
    async listDecisions({ status, after, perPage }) {
      const rows = await decisionsQuery(orm, status, after, perPage);
      const page = cutPage(rows, perPage, ({ createdAt, id }) => ({ createdAt, id }));
      return { items: page.items.map((row) => row.document), next: page.next };
    },

    async listRegionalResults({ region, after, perPage }) {
      const rows = await regionalResultsQuery(orm, region, after, perPage);
      const page = cutPage(rows, perPage, ({ result }) => result.decisionId);
      return {
        next: page.next,
        items: page.items.map(({ result, title, status }) => ({
          ...regionalResultOf(result),
          title,
          status,
        })),
      };
    },

    async listBallots({ decisionId, after, perPage }) {
      const rows = await ballotsQuery(orm, decisionId, after, perPage);
      return cutPage(rows, perPage, ({ shard, seq }) => ({ shard, seq }));
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

function regionalResultOf(row: typeof regionalResults.$inferSelect): RegionalResultRow {
  const { decisionId, region, version, asOf, isFinal } = row;
  const tally = {
    yes: { ballots: row.yesBallots, weight: BigInt(row.yesWeight) },
    no: { ballots: row.noBallots, weight: BigInt(row.noWeight) },
    abstain: { ballots: row.abstainBallots, weight: BigInt(row.abstainWeight) },
  };
  return { decisionId, region, version, asOf, isFinal, tally };
}

export function decisionsQuery(
  orm: DrizzleD1Database,
  status: string | null,
  after: { createdAt: number; id: string } | null,
  perPage: number,
) {
  const filters: (SQL | undefined)[] = [];
  if (status !== null) filters.push(sql`${decisions.status} = ${status}`);
  if (after !== null) {
    // A row value, not an OR: SQLite seeks a row value in the index.
    filters.push(
      sql`(${decisions.createdAt}, ${decisions.id}) < (${after.createdAt}, ${after.id})`,
    );
  }
  return orm
    .select()
    .from(decisions)
    .where(and(...filters))
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
  const filter = eq(votes.decisionId, decisionId);
  const beyond = sql`(${votes.shard}, ${votes.seq}) > (${after?.shard}, ${after?.seq})`;
  return orm
    .select()
    .from(votes)
    .where(after === null ? filter : and(filter, beyond))
    .orderBy(asc(votes.shard), asc(votes.seq))
    .limit(perPage + 1);
}
