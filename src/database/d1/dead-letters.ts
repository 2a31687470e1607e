import { and, asc, eq, getTableColumns, gt, sql, type SQL } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import type { DeadLetterStore } from "../database.ts";
import { deadLetters } from "./schema.ts";
import { bulkStatements } from "./bulk-statements.ts";
import { cutPage } from "../cut-page.ts";
import { isDeadLetterOpen } from "./open-dead-letter.ts";

const isOpen = sql<number>`${sql.raw(isDeadLetterOpen)}`;

/** Dead letters in D1. Whether one is open is asked of the votes each time. */
export function d1DeadLetters(db: D1Database, orm: DrizzleD1Database): DeadLetterStore {
  const select = () =>
    orm
      .select({ ...getTableColumns(deadLetters), isOpen: isOpen.mapWith(Boolean) })
      .from(deadLetters);
  return {
    async keepDeadLetters(deadLetters) {
      const values = deadLetters.map((deadLetter) => [
        deadLetter.id,
        deadLetter.decisionId,
        deadLetter.shard,
        deadLetter.seq,
        deadLetter.body,
        deadLetter.cause,
        deadLetter.retries,
        deadLetter.at,
      ]);
      await db.prepare(bulkStatements.upsertDeadLetters).bind(JSON.stringify(values)).run();
    },

    async listDeadLetters({ decisionId, withClosed, after, perPage }) {
      const filters: SQL[] = [];
      if (decisionId !== null) filters.push(eq(deadLetters.decisionId, decisionId));
      if (!withClosed) filters.push(isOpen);
      if (after !== null) filters.push(gt(deadLetters.id, after));
      const rows = await select()
        .where(and(...filters))
        .orderBy(asc(deadLetters.id))
        .limit(perPage + 1);
      return cutPage(rows, perPage, ({ id }) => id);
    },

    async findDeadLetter(id) {
      const [deadLetter] = await select().where(eq(deadLetters.id, id));
      return deadLetter ?? null;
    },

    async dropDeadLetter(id) {
      await orm.delete(deadLetters).where(eq(deadLetters.id, id));
    },
  };
}
