import type { DecisionDocument } from "../decision-document.ts";
import { joinWords } from "../embedded/words.ts";
import type { BallotDocument } from "../search.ts";
import { analyzedLanguages, type AnalyzedLanguage } from "./index-forms.ts";
import { analyzedLanguageOf } from "./analyzed-language.ts";

/** A decision as the engine keeps it. */
export function decisionSource(document: DecisionDocument): object {
  const { id, status, outcome, owner, regions, rule, texts, electorate, voted } = document;
  const { opensAt, closesAt, closedAt } = document;
  return {
    id,
    status,
    outcome,
    owner,
    regions,
    rule,
    year: new Date(opensAt).toISOString().slice(0, 4),
    opens_at: opensAt,
    closes_at: closesAt,
    closed_at: closedAt,
    electorate,
    voted,
    title: byLanguage(texts.map(({ language, title }) => ({ language, text: title }))),
    description: byLanguage(
      texts.map(({ language, description }) => ({ language, text: description })),
    ),
    words: {
      title: joinWords(texts.map(({ title }) => title)),
      description: joinWords(texts.map(({ description }) => description)),
    },
    texts,
  };
}

export function ballotSource(
  decisionId: string,
  { choice, region, weight, at }: BallotDocument,
): object {
  return { decision_id: decisionId, vote_type: choice, region, timestamp: at, weight };
}

function byLanguage(texts: readonly { language: string | null; text: string }[]): object {
  const found = new Map<AnalyzedLanguage, string[]>();
  for (const { language, text } of texts) {
    const analyzed = analyzedLanguageOf(language, text);
    found.set(analyzed, [...(found.get(analyzed) ?? []), text]);
  }
  return Object.fromEntries(
    analyzedLanguages.flatMap((language) => {
      const its = found.get(language);
      return its === undefined ? [] : [[language, its]];
    }),
  );
}
