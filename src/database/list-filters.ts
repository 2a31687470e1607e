import { and, asc, desc, eq, gt, sql, type AnyColumn, type SQL } from "drizzle-orm";
import type {
  BallotCursor,
  BallotListQuery,
  DeadLetterListQuery,
  DecisionListQuery,
  RegionalResultListQuery,
} from "./database.ts";

// What a page of a list holds and in which order, in either database. Row values, not ORs: SQLite
// and Postgres seek a row value in the index.

type Columns<Name extends string> = Record<Name, AnyColumn>;

/** A part of a list of decisions: those of one audience, or of all. */
export type DecisionRowsQuery = Pick<DecisionListQuery, "status" | "after" | "owner"> & {
  audience: string | null;
};

/** Decisions of an audience, owner and status, or of all, older than the last one shown. */
export function decisionsAfter(
  columns: Columns<"audience" | "owner" | "status" | "createdAt" | "id">,
  { audience: whose, owner, status: wanted, after }: DecisionRowsQuery,
): SQL | undefined {
  const { audience, status, createdAt, id } = columns;
  return and(
    whose === null ? undefined : sql`${audience} = ${whose}`,
    owner === undefined ? undefined : sql`${columns.owner} = ${owner}`,
    wanted === null ? undefined : sql`${status} = ${wanted}`,
    after === null ? undefined : sql`(${createdAt}, ${id}) < (${after.createdAt}, ${after.id})`,
  );
}

/** The newest decision first. */
export function decisionsOrder({ createdAt, id }: Columns<"createdAt" | "id">): SQL[] {
  return [desc(createdAt), desc(id)];
}

/** Results of a region, by decision. */
export function regionalResultsAfter(
  columns: Columns<"region" | "decisionId">,
  { region, after }: RegionalResultListQuery,
): SQL | undefined {
  return and(
    eq(columns.region, region),
    after === null ? undefined : gt(columns.decisionId, after),
  );
}

export function regionalResultsOrder({ decisionId }: Columns<"decisionId">): SQL[] {
  return [asc(decisionId)];
}

/** Ballots beyond the last one shown, by shard and seq. */
export function ballotsAfter(
  { shard, seq }: Columns<"shard" | "seq">,
  after: BallotCursor | null,
): SQL | undefined {
  return after === null ? undefined : sql`(${shard}, ${seq}) > (${after.shard}, ${after.seq})`;
}

/** Ballots up to one, and of a region or choice where that is asked for. */
export function ballotsUntil(
  columns: Columns<"shard" | "seq" | "region" | "choice">,
  until: BallotCursor | null,
  { region, choice }: Pick<BallotListQuery, "region" | "choice">,
): SQL | undefined {
  const { shard, seq } = columns;
  return and(
    until === null ? undefined : sql`(${shard}, ${seq}) <= (${until.shard}, ${until.seq})`,
    region === undefined ? undefined : eq(columns.region, region),
    choice === undefined ? undefined : eq(columns.choice, choice),
  );
}

export function ballotsOrder({ shard, seq }: Columns<"shard" | "seq">): SQL[] {
  return [asc(shard), asc(seq)];
}

/**
 * Dead letters of a decision, or of all, by id; `isOpen` says in a database's own words which are
 * open.
 */
export function deadLettersAfter(
  columns: Columns<"decisionId" | "id">,
  isOpen: SQL,
  { decisionId, withClosed, after }: DeadLetterListQuery,
): SQL | undefined {
  return and(
    decisionId === null ? undefined : eq(columns.decisionId, decisionId),
    withClosed ? undefined : isOpen,
    after === null ? undefined : gt(columns.id, after),
  );
}
