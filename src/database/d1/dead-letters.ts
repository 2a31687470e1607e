import { asc, eq, getTableColumns, sql } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import type { DeadLetterStore } from "../database.ts";
import { d1DeadLettersTable as table } from "./schema.ts";
import { bulkStatements } from "./bulk-statements.ts";
import { limits } from "../../shared/limits.ts";
import { packTexts } from "../../shared/pack-texts.ts";
import { cutPage } from "../cut-page.ts";
import { deadLettersAfter } from "../list-filters.ts";
import { isDeadLetterOpen } from "./open-dead-letter.ts";

const isOpen = sql<number>`${sql.raw(isDeadLetterOpen)}`;

/** Dead letters in D1. Whether one is open is asked of the votes each time. */
export function d1DeadLetters(db: D1Database, orm: DrizzleD1Database): DeadLetterStore {
  const select = () =>
    orm.select({ ...getTableColumns(table), isOpen: isOpen.mapWith(Boolean) }).from(table);
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
      const packs = packTexts(
        values.map((value) => JSON.stringify(value)),
        { textsMax: values.length, bytesMax: limits.deadLettersParameterBytesMax },
      );
      const statements = packs.map((texts) =>
        db.prepare(bulkStatements.upsertDeadLetters).bind(`[${texts.join(",")}]`),
      );
      if (statements.length > 0) await db.batch(statements);
    },

    async listDeadLetters(query) {
      const rows = await select()
        .where(deadLettersAfter(table, isOpen, query))
        .orderBy(asc(table.id))
        .limit(query.perPage + 1);
      return cutPage(rows, query.perPage, ({ id }) => id);
    },

    async findDeadLetter(id) {
      const [deadLetter] = await select().where(eq(table.id, id));
      return deadLetter ?? null;
    },

    async dropDeadLetter(id) {
      await orm.delete(table).where(eq(table.id, id));
    },
  };
}
