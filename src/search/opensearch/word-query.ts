import type { QueryWord } from "../embedded/query-words.ts";
import { limits } from "../../shared/limits.ts";
import { languagesOfWord } from "./language-of.ts";

/** A word in a title says more of a decision than one in its description. */
const titleBoost = 4;

/**
 * Finds what has all words, each in any of its forms. Nothing in them is an operator: they stand in
 * queries that have none.
 */
export function wordsQuery(words: readonly QueryWord[]): object[] {
  return words.map((word) => ({ dis_max: { queries: formsOf(word), tie_breaker: 0.2 } }));
}

/** A word itself, as its language's analyzers take it, mistyped, and not written out. */
function formsOf({ word, text, isBeginning }: QueryWord): object[] {
  const fields = languagesOfWord(text).flatMap((language) => [
    `title.${language}^${titleBoost}`,
    `description.${language}`,
  ]);
  const analyzed = { multi_match: { query: text, type: "best_fields", operator: "and", fields } };
  const forms = [
    analyzed,
    { term: { "words.title": { value: word, boost: 2 * titleBoost } } },
    { term: { "words.description": { value: word, boost: 2 } } },
  ];
  const edits = typingErrorsOf(word);
  const mistyped = plainFields.map((field) => ({
    fuzzy: {
      [field]: {
        value: word,
        fuzziness: edits,
        prefix_length: 1,
        max_expansions: limits.searchExpansionsMax,
        boost: 0.5,
      },
    },
  }));
  const begun = plainFields.map((field) => ({ prefix: { [field]: { value: word, boost: 0.5 } } }));
  return [...forms, ...(edits === 0 ? [] : mistyped), ...(isBeginning ? begun : [])];
}

const plainFields = ["words.title", "words.description"];

/** Letters that may be wrong, missing or too many; a wrong digit is another number. */
function typingErrorsOf(word: string): number {
  const { length } = [...word];
  if (length < 4 || /\p{N}/u.test(word)) return 0;
  return length < 8 ? 1 : 2;
}
