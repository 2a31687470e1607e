import { and, asc, count, eq, getTableColumns, sql } from "drizzle-orm";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import type { Client } from "pg";
import { cutPage } from "../cut-page.ts";
import type { DeadLetterListQuery, DeadLetterStore } from "../database.ts";
import { deadLettersAfter } from "../list-filters.ts";
import { postgresDeadLettersTable as table } from "./schema.ts";
import type { PostgresSession } from "./session.ts";
import { statements } from "./statements.ts";

/**
 * A ballot up to its shard's progress has landed, one beyond the highest seq has not, and only
 * between them, beyond a gap, the votes are asked. As a scalar with LIMIT, since Postgres might
 * read all votes at once for an EXISTS.
 */
const isOpen = sql<boolean>`NOT EXISTS (
  SELECT FROM shard_progress AS known
  WHERE known.decision_id = dead_letters.decision_id AND known.shard = dead_letters.shard AND (
    dead_letters.seq <= known.applied_seq OR dead_letters.seq <= known.highest_seq AND (
      SELECT true FROM votes AS landed
      WHERE landed.decision_id = dead_letters.decision_id AND landed.shard = dead_letters.shard AND landed.seq = dead_letters.seq
      LIMIT 1
    )
  )
)`;

/** Dead letters in Postgres. Whether one is open is asked each time. */
export function postgresDeadLetters(session: PostgresSession): DeadLetterStore {
  return {
    async keepDeadLetters(deadLetters) {
      const values = [
        deadLetters.map(({ id }) => keepable(id)),
        deadLetters.map(({ decisionId }) => (decisionId === null ? null : keepable(decisionId))),
        deadLetters.map(({ shard }) => shard),
        deadLetters.map(({ seq }) => seq),
        deadLetters.map(({ body }) => keepable(body)),
        deadLetters.map(({ cause }) => keepable(cause)),
        deadLetters.map(({ retries }) => retries),
        deadLetters.map(({ at }) => at),
      ];
      await session.run((client) => client.query(statements.keepDeadLetters, values));
    },

    async listDeadLetters(query) {
      const rows = await session.run(async (client) => deadLettersQuery(client, query));
      return cutPage(rows, query.perPage, ({ id }) => id);
    },

    async findDeadLetter(id) {
      const [deadLetter] = await session.run((client) =>
        selectDeadLetters(client).where(eq(table.id, id)),
      );
      return deadLetter ?? null;
    },

    async dropDeadLetter(id) {
      await session.run((client) => drizzle(client).delete(table).where(eq(table.id, id)));
    },
  };
}

/** How many dead letters of a decision are open. */
export async function countOpenDeadLetters(
  orm: NodePgDatabase,
  decisionId: string,
): Promise<number> {
  const [row] = await orm
    .select({ open: count() })
    .from(table)
    .where(and(eq(table.decisionId, decisionId), isOpen));
  return row?.open ?? 0;
}

/** How many of the first `max` dead letters of all decisions are open. */
export async function countDeadLetters(orm: NodePgDatabase, max: number): Promise<number> {
  const first = orm.select().from(table).limit(max).as("dead_letters");
  const [row] = await orm.select({ open: count() }).from(first).where(isOpen);
  return row?.open ?? 0;
}

/** The query behind the list of dead letters; it reads one more than asked for. */
export function deadLettersQuery(client: Client, query: DeadLetterListQuery) {
  return selectDeadLetters(client)
    .where(deadLettersAfter(table, isOpen, query))
    .orderBy(asc(table.id))
    .limit(query.perPage + 1);
}

function selectDeadLetters(client: Client) {
  return drizzle(client)
    .select({ ...getTableColumns(table), isOpen })
    .from(table);
}

/**
 * Postgres keeps every character but U+0000. A dead letter that could not be kept would hold up
 * everything behind it.
 */
function keepable(text: string): string {
  return text.replaceAll("\0", "\uFFFD");
}
