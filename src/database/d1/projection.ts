import { lt, sql } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import type { DecisionProjection } from "../database.ts";
import { decisions } from "./schema.ts";
import { bulkStatements } from "./bulk-statements.ts";

/** Writes what rooms project. */
export function d1Projection(db: D1Database, orm: DrizzleD1Database): DecisionProjection {
  return {
    async project(row, results) {
      const decision = orm
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
        })
        .toSQL();
      const values = results.map(({ region, decisionId, version, asOf, isFinal, tally }) => [
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
      const regional = db.prepare(bulkStatements.upsertRegionalResults);
      await db.batch([
        db.prepare(decision.sql).bind(...decision.params),
        ...(values.length === 0 ? [] : [regional.bind(JSON.stringify(values))]),
      ]);
    },
  };
}
