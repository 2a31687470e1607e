import { isRejection } from "../../../database/postgres/rejection.ts";
import type { PostgresSession } from "../../../database/postgres/session.ts";
import { limits } from "../../../shared/limits.ts";
import { packTexts } from "../../../shared/pack-texts.ts";
import type { DecisionDocument } from "../../decision-document.ts";
import type { BallotPage, SearchWriter } from "../../search.ts";
import { countPage } from "../count-page.ts";
import { joinWords } from "../words.ts";
import { eachPageOnce, keyOfPage, newestOf, writeEach } from "../write-each.ts";
import { titleMark } from "./wanted-words.ts";

/** Writes of the index: each is one CALL, and so one transaction. */
export function postgresSearchWriter(session: PostgresSession): SearchWriter {
  const call = (text: string, ...values: readonly (string | number)[]) =>
    session.run((client) => client.query(text, [...values]));
  const writeDecisions = async (documents: readonly DecisionDocument[]) => {
    for (const pack of packTexts(documents.map(decisionRow), statementBounds))
      await call("CALL index_search_decisions($1::jsonb)", `[${pack.join(",")}]`);
  };
  const writePages = async (pages: readonly BallotPage[]) => {
    const keys = pages.map(({ decisionId, page }) => ({ decision_id: decisionId, page }));
    const counts = pages.flatMap(ballotRows);
    await call(
      "CALL index_search_ballots($1::jsonb, $2::jsonb)",
      JSON.stringify(keys),
      JSON.stringify(counts),
    );
  };
  return {
    indexDecisions: (documents) =>
      writeEach(newestOf(documents), writeDecisions, { keyOf: ({ id }) => id, isRejection }),
    indexBallots: (pages) =>
      writeEach(eachPageOnce(pages), writePages, { keyOf: keyOfPage, isRejection }),
    async noteIndexedTo(at) {
      await call("UPDATE search_state SET indexed_to = greatest(indexed_to, $1::bigint)", at);
    },
  };
}

const statementBounds = {
  textsMax: limits.searchStatementRowsMax,
  bytesMax: limits.searchStatementBytesMax,
};

function decisionRow(document: DecisionDocument): string {
  const { id, version, status, outcome, owner, opensAt, closedAt, electorate, voted } = document;
  const { texts, regions } = document;
  return JSON.stringify({
    id,
    version,
    status,
    outcome: outcome ?? "",
    owner: owner ?? "",
    opens_at: opensAt,
    closed_at: closedAt,
    electorate,
    voted,
    texts: JSON.stringify(texts.map((text) => [text.language, text.title, text.description])),
    words: indexedWords(document),
    regions: regions.toSorted(),
  });
}

/** Each word once, those of titles once more as such: an index of words knows no other places. */
function indexedWords({ texts }: DecisionDocument): string[] {
  const words = (joined: string) => joined.split(" ").filter((word) => word !== "");
  const titles = words(joinWords(texts.map(({ title }) => title)));
  const descriptions = words(joinWords(texts.map(({ description }) => description)));
  const marked = titles.map((word) => `${titleMark}${word}`);
  return [...new Set([...titles, ...descriptions, ...marked])];
}

function ballotRows(page: BallotPage) {
  return countPage(page).map(({ region, month, counts }) => ({
    decision_id: page.decisionId,
    page: page.page,
    region: region ?? "",
    month,
    ...counts,
  }));
}
