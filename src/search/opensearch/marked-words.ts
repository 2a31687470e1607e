import { pickAlike } from "../embedded/alike-words.ts";
import type { QueryWord } from "../embedded/query-words.ts";
import { remembering } from "../embedded/remembering.ts";
import { wordsOf } from "../embedded/words.ts";
import { analyzedLanguages } from "./index-forms.ts";
import { analyzedQuery } from "./word-query.ts";

/** Characters for private use, around what the engine has found. */
const marks = { before: "\u{E000}", after: "\u{E001}" };
const marked = new RegExp(`${marks.before}([^${marks.before}${marks.after}]*)${marks.after}`, "gu");

/** A title whole, and of a description the pieces with the most found in them. */
const fields = Object.fromEntries(
  analyzedLanguages.flatMap((language) => [
    [`title.${language}`, { number_of_fragments: 0 }],
    [`description.${language}`, { number_of_fragments: 5, fragment_size: 100 }],
  ]),
);

/**
 * Has the engine mark what only its analyzers know. Mistyped words are found here: the engine takes
 * three quarters of a search for marking them.
 */
export function highlightRequest(words: readonly QueryWord[]): object {
  return {
    pre_tags: [marks.before],
    post_tags: [marks.after],
    highlight_query: analyzedQuery(words),
    fields,
  };
}

/**
 * By the highlights of a hit: whether a word of its texts is one of those that the engine has marked
 * there, or is asked for itself, mistyped or not written out. Only the words are taken from
 * highlights: a text may hold marks of its own.
 */
export function markedWords(
  asked: readonly QueryWord[],
): (highlights: readonly string[]) => (word: string) => boolean {
  const beginnings = asked.filter(({ isBeginning }) => isBeginning).map(({ word }) => word);
  const isAskedFor = remembering(
    (word) =>
      beginnings.some((beginning) => word.startsWith(beginning)) ||
      asked.some((one) => one.word === word || isMistyped(one.word, word)),
  );
  return (highlights) => {
    const found = new Set<string>();
    for (const highlight of highlights)
      for (const [, text = ""] of highlight.matchAll(marked))
        for (const { word } of wordsOf(text)) found.add(word);
    return (word) => found.has(word) || isAskedFor(word);
  };
}

/** The first letter has to be right: most words are told apart by it. */
function isMistyped(asked: string, word: string): boolean {
  return asked.codePointAt(0) === word.codePointAt(0) && pickAlike(asked, [word]).length > 0;
}
