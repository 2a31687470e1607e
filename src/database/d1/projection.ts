import { lt, sql } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import type { DeadLetter } from "../../vote-log/vote-log.ts";
import type { DeadLetterStore, DecisionProjection } from "../database.ts";
import { decisions } from "../schema.ts";
import { bulkStatements } from "./bulk-statements.ts";

/** Writes what rooms project, and dead letters: everything but the ballots. */
export function d1Projection(
  db: D1Database,
  orm: DrizzleD1Database,
): DecisionProjection & DeadLetterStore {
  return {
    async projectDecision(row) {
      await orm
        .insert(decisions)
        .values(row)
        .onConflictDoUpdate({
          target: decisions.id,
          set: {
            title: row.title,
            status: row.status,
            document: row.document,
            revision: row.revision,
          },
          setWhere: lt(decisions.revision, sql`excluded.revision`),
        });
    },

    async projectResults(rows) {
      if (rows.length === 0) return;
      const values = rows.map(({ region, decisionId, version, asOf, isFinal, tally }) => [
        region,
        decisionId,
        version,
        asOf,
        isFinal ? 1 : 0,
        tally.yes.ballots,
        String(tally.yes.weight),
        tally.no.ballots,
        String(tally.no.weight),
        tally.abstain.ballots,
        String(tally.abstain.weight),
      ]);
      await db.prepare(bulkStatements.upsertRegionalResults).bind(JSON.stringify(values)).run();
    },

    async keepDeadLetters(letters) {
      const values = letters.map((letter) => [
        placeOf(letter),
        letter.decisionId,
        letter.body,
        letter.cause,
        letter.retries,
        letter.at,
      ]);
      await db.prepare(bulkStatements.upsertDeadLetters).bind(JSON.stringify(values)).run();
    },
  };
}

/** A ballot's place in the record; what could not be read has none and is known by its own text. */
function placeOf(letter: DeadLetter): string {
  return letter.seq === null ? letter.body : `${letter.decisionId}/${letter.shard}/${letter.seq}`;
}
