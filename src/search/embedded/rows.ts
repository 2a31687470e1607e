import type { DecisionDocument } from "../decision-document.ts";
import type { BallotPage } from "../search.ts";
import { countPage } from "./count-page.ts";
import { joinWords } from "./words.ts";

/** A decision as the embedded index is given it, in JSON: an array, in the order of its statements. */
export function decisionRow(document: DecisionDocument): string {
  const { id, version, status, outcome, owner, opensAt, closedAt, electorate, voted } = document;
  const { texts, regions } = document;
  return JSON.stringify([
    id,
    version,
    status,
    outcome ?? "",
    owner ?? "",
    opensAt,
    closedAt,
    electorate,
    voted,
    texts.map(({ language, title, description }) => [language, title, description]),
    joinWords(texts.map(({ title }) => title)),
    joinWords(texts.map(({ description }) => description)),
    regions.toSorted(),
  ]);
}

/** A page's counts in JSON: `[decision_id, page, region, month, yes, no, abstain]`; hidden is empty. */
export function ballotRows(page: BallotPage): string[] {
  return countPage(page).map(({ region, month, counts: { yes, no, abstain } }) =>
    JSON.stringify([page.decisionId, page.page, region ?? "", month, yes, no, abstain]),
  );
}
