import { limits } from "../../../shared/limits.ts";
import { packTexts } from "../../../shared/pack-texts.ts";
import type { DecisionDocument } from "../../decision-document.ts";
import { type BallotPage, IndexRejected, type SearchWriter } from "../../search.ts";
import { countPage } from "../count-page.ts";
import { joinWords } from "../words.ts";
import { isD1Rejection } from "../../../database/d1/rejection.ts";
import { describeCause } from "../../../shared/loggable-error.ts";
import { writeStatements as statements } from "./statements.ts";

/** Writes of the index: what belongs together is one `batch`, which D1 runs as one transaction. */
export function d1SearchWriter(db: D1Database): SearchWriter {
  const writeDecisions = async (documents: readonly DecisionDocument[]) => {
    const rows = documents.map((document) => JSON.stringify(rowOf(document)));
    for (const pack of packTexts(rows, statementBounds)) {
      const packed = `[${pack.join(",")}]`;
      await db.batch(decisionWrites.map((statement) => db.prepare(statement).bind(packed)));
    }
  };
  const writePages = async (pages: readonly BallotPage[]) => {
    const keys = JSON.stringify(pages.map(({ decisionId, page }) => [decisionId, page]));
    const rows = packTexts(pages.flatMap(countsOf), statementBounds);
    await db.batch([
      db.prepare(statements.removePages).bind(keys),
      ...rows.map((pack) => db.prepare(statements.insertBallots).bind(`[${pack.join(",")}]`)),
    ]);
  };
  return {
    indexDecisions: (documents) => writeEach(newestOf(documents), writeDecisions, ({ id }) => id),
    indexBallots: (pages) =>
      writeEach(eachPageOnce(pages), writePages, ({ decisionId, page }) => `${decisionId}:${page}`),
    async noteIndexedTo(at) {
      await db.prepare(statements.noteIndexedTo).bind(at).run();
    },
  };
}

const statementBounds = {
  textsMax: limits.searchStatementRowsMax,
  bytesMax: limits.searchStatementBytesMax,
};

const decisionWrites = [
  statements.upsertDecisions,
  statements.removeWords,
  statements.insertWords,
  statements.removeRegions,
  statements.insertRegions,
  statements.insertKnownWords,
];

/**
 * All at once, and one by one where the database refuses something of it.
 * @throws {IndexRejected} for what it refuses by itself
 */
async function writeEach<Item>(
  items: readonly Item[],
  write: (items: readonly Item[]) => Promise<void>,
  keyOf: (item: Item) => string,
): Promise<void> {
  try {
    return await write(items);
  } catch (error) {
    if (!isD1Rejection(error)) throw error;
  }
  const rejected: { key: string; cause: string }[] = [];
  for (const item of items) {
    try {
      await write([item]);
    } catch (error) {
      if (!isD1Rejection(error)) throw error;
      rejected.push({ key: keyOf(item), cause: describeCause(error) });
    }
  }
  if (rejected.length > 0) throw new IndexRejected(rejected);
}

/** A statement may meet each decision once. */
function newestOf(documents: readonly DecisionDocument[]): DecisionDocument[] {
  const newest = new Map<string, DecisionDocument>();
  for (const document of documents) {
    const known = newest.get(document.id);
    if (known === undefined || document.version > known.version) newest.set(document.id, document);
  }
  return [...newest.values()];
}

function eachPageOnce(pages: readonly BallotPage[]): BallotPage[] {
  const byKey = new Map(pages.map((page) => [`${page.decisionId}:${page.page}`, page]));
  return [...byKey.values()];
}

function rowOf(document: DecisionDocument) {
  const { id, version, status, outcome, owner, opensAt, closedAt, electorate, voted } = document;
  const { texts, regions } = document;
  const titles = joinWords(texts.map(({ title }) => title));
  const descriptions = joinWords(texts.map(({ description }) => description));
  return [
    id,
    version,
    status,
    outcome,
    owner,
    opensAt,
    closedAt,
    electorate,
    voted,
    texts.map(({ language, title, description }) => [language, title, description]),
    titles,
    descriptions,
    regions,
  ];
}

function countsOf(page: BallotPage): string[] {
  return countPage(page).map(({ region, month, counts: { yes, no, abstain } }) =>
    JSON.stringify([page.decisionId, page.page, region ?? "", month, yes, no, abstain]),
  );
}
