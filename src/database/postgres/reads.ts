import { and, asc, desc, eq, gt, sql, sum, type SQL } from "drizzle-orm";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { cutPage } from "../cut-page.ts";
import type { BallotCursor, DatabaseReads, RegionalResultRow } from "../database.ts";
import { decisions, regionalResults, shardProgress, votes } from "./schema.ts";
import type { PostgresSession } from "./session.ts";
import { readPlaces, type Places } from "./places.ts";

/** The queries behind the API's lists. Each reads one row more than asked for, to know whether a page follows. */
export function postgresReads(
  session: PostgresSession,
): Omit<DatabaseReads, "readProjected" | "health"> {
  const read = <T>(work: (orm: NodePgDatabase) => Promise<T>): Promise<T> =>
    session.run((client) => work(drizzle(client)));
  return {
    async listDecisions({ status, after, perPage }) {
      const rows = await read(async (orm) => decisionsQuery(orm, status, after, perPage));
      const page = cutPage(rows, perPage, ({ createdAt, id }) => ({ createdAt, id }));
      return { items: page.items.map((row) => row.document), next: page.next };
    },

    async listRegionalResults({ region, after, perPage }) {
      const rows = await read(async (orm) => regionalResultsQuery(orm, region, after, perPage));
      const page = cutPage(rows, perPage, ({ result }) => result.decisionId);
      const items = page.items.map(({ result, title, status }) => ({
        ...regionalResultOf(result),
        title,
        status,
      }));
      return { items, next: page.next };
    },

    async listBallots({ decisionId, after, perPage }) {
      const rows = await read(async (orm) => {
        const places = await readPlaces(orm, decisionId);
        return places === null ? [] : ballotsQuery(orm, places, after, perPage);
      });
      return cutPage(rows, perPage, ({ shard, seq }) => ({ shard, seq }));
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

export function regionalResultOf(row: typeof regionalResults.$inferSelect): RegionalResultRow {
  const { decisionId, region, version, asOf, isFinal } = row;
  const tally = {
    yes: { ballots: row.yesBallots, weight: BigInt(row.yesWeight) },
    no: { ballots: row.noBallots, weight: BigInt(row.noWeight) },
    abstain: { ballots: row.abstainBallots, weight: BigInt(row.abstainWeight) },
  };
  return { decisionId, region, version, asOf, isFinal, tally };
}

export function decisionsQuery(
  orm: NodePgDatabase,
  status: string | null,
  after: { createdAt: number; id: string } | null,
  perPage: number,
) {
  const filters: SQL[] = [];
  if (status !== null) filters.push(sql`${decisions.status} = ${status}`);
  if (after !== null) {
    // A row value, not an OR: Postgres seeks a row value in the index.
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
  places: Places,
  after: BallotCursor | null,
  perPage: number,
) {
  const beyond = sql`(${votes.shard}, ${votes.seq}) > (${after?.shard}, ${after?.seq})`;
  return orm
    .select()
    .from(votes)
    .where(after === null ? places.filter : and(places.filter, beyond))
    .orderBy(asc(votes.shard), asc(votes.seq))
    .limit(perPage + 1);
}
