import { errorsForgiven } from "../embedded/alike-words.ts";
import { isPair } from "../embedded/words.ts";
import type { QueryWord } from "../embedded/query-words.ts";
import { limits } from "../../shared/limits.ts";
import { languagesOfWord } from "./analyzed-language.ts";

/** A word in a title says more of a decision than one in its description. */
const titleBoost = 4;

/**
 * Finds what has all words, each in any of its forms. Nothing in them is an operator: they stand in
 * queries that have none.
 */
export function wordsQuery(words: readonly QueryWord[]): object[] {
  return words.map((word) => ({ dis_max: { queries: formsOf(word), tie_breaker: 0.2 } }));
}

/** Finds any of the words, as the analyzers of its languages take it; pairs are no more to those. */
export function analyzedQuery(words: readonly QueryWord[]): object {
  const analyzed = words.filter(({ word }) => !isPair(word));
  return analyzed.length === 0
    ? { match_none: {} }
    : { bool: { should: analyzed.map(analyzedForm) } };
}

function analyzedForm({ text }: QueryWord): object {
  const fields = languagesOfWord(text).flatMap((language) => [
    `title.${language}^${titleBoost}`,
    `description.${language}`,
  ]);
  return { multi_match: { query: text, type: "best_fields", operator: "and", fields } };
}

/** A word itself, as its language's analyzers take it, mistyped, and not written out. */
function formsOf(asked: QueryWord): object[] {
  const { word, isBeginning } = asked;
  const forms = [
    ...(isPair(word) ? [] : [analyzedForm(asked)]),
    { term: { "words.title": { value: word, boost: 2 * titleBoost } } },
    { term: { "words.description": { value: word, boost: 2 } } },
  ];
  const edits = errorsForgiven(word);
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
