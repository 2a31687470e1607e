import type { DecisionProjection } from "../database.ts";
import { bulkStatements } from "./bulk-statements.ts";

/** Writes what rooms project. */
export function d1Projection(db: D1Database): DecisionProjection {
  return {
    async project(row, results, listed = null) {
      const { id, title, status, createdAt, audience, document, revision, owner } = row;
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
        db
          .prepare(bulkStatements.upsertDecision)
          .bind(id, title, status, createdAt, audience, document, revision, owner),
        ...(listed === null
          ? []
          : [
              db
                .prepare(bulkStatements.upsertListedResult)
                .bind(id, listed.version, listed.document),
            ]),
        ...(values.length === 0 ? [] : [regional.bind(JSON.stringify(values))]),
      ]);
    },

    async removeDecision(decisionId) {
      await db.prepare("DELETE FROM decisions WHERE id = ?1").bind(decisionId).run();
    },
  };
}
