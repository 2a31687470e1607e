import { and, sql, type AnyColumn, type SQL } from "drizzle-orm";
import type { BallotCursor, DecisionCursor } from "./database.ts";

// What a list goes on with, in either database. Row values, not ORs: SQLite and Postgres seek a row value in the index.

/** Decisions of a status, or of all, older than the last one shown. */
export function decisionsAfter(
  { status, createdAt, id }: Record<"status" | "createdAt" | "id", AnyColumn>,
  wanted: string | null,
  after: DecisionCursor | null,
): SQL | undefined {
  return and(
    wanted === null ? undefined : sql`${status} = ${wanted}`,
    after === null ? undefined : sql`(${createdAt}, ${id}) < (${after.createdAt}, ${after.id})`,
  );
}

/** Ballots beyond the last one shown, by shard and seq. */
export function ballotsAfter(
  { shard, seq }: Record<"shard" | "seq", AnyColumn>,
  after: BallotCursor | null,
): SQL | undefined {
  return after === null ? undefined : sql`(${shard}, ${seq}) > (${after.shard}, ${after.seq})`;
}
