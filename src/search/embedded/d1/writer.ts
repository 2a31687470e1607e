import type { SqlDatabase } from "./sql-database.ts";
import { isD1Rejection as isRejection } from "../../../database/d1/rejection.ts";
import { limits } from "../../../shared/limits.ts";
import { packTexts } from "../../../shared/pack-texts.ts";
import type { DecisionDocument } from "../../decision-document.ts";
import type { BallotPage, SearchWriter } from "../../search.ts";
import { ballotRows, decisionRow } from "../rows.ts";
import { eachPageOnce, keyOfPage, newestOf, writeEach } from "../write-each.ts";
import { ballotWrites, decisionWrites, stateWrites } from "./statements.ts";

/** Writes of the index: what belongs together is one `batch`, which D1 runs as one transaction. */
export function d1SearchWriter(db: SqlDatabase): SearchWriter {
  const writeDecisions = async (documents: readonly DecisionDocument[]) => {
    for (const pack of packTexts(documents.map(decisionRow), statementBounds)) {
      const rows = `[${pack.join(",")}]`;
      await db.batch(decisionWrites.map((statement) => db.prepare(statement).bind(rows)));
    }
  };
  const writePages = async (pages: readonly BallotPage[]) => {
    const keys = JSON.stringify(pages.map(({ decisionId, page }) => [decisionId, page]));
    const packs = packTexts(pages.flatMap(ballotRows), statementBounds);
    await db.batch([
      db.prepare(ballotWrites.removePages).bind(keys),
      ...packs.map((pack) => db.prepare(ballotWrites.insertBallots).bind(`[${pack.join(",")}]`)),
    ]);
  };
  return {
    indexDecisions: (documents) =>
      writeEach(newestOf(documents), writeDecisions, { keyOf: ({ id }) => id, isRejection }),
    indexBallots: (pages) =>
      writeEach(eachPageOnce(pages), writePages, { keyOf: keyOfPage, isRejection }),
    async noteIndexedTo(at) {
      await db.prepare(stateWrites.noteIndexedTo).bind(at).run();
    },
  };
}

const statementBounds = {
  textsMax: limits.searchStatementRowsMax,
  bytesMax: limits.searchStatementBytesMax,
};
