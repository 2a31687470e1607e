import type { QueryWord } from "../embedded/query-words.ts";
import { wordsOf } from "../embedded/words.ts";
import { analyzedLanguages } from "./index-forms.ts";

/** Characters for private use, around what the engine has found. */
const marks = { before: "\u{E000}", after: "\u{E001}" };
const marked = new RegExp(`${marks.before}([^${marks.before}${marks.after}]*)${marks.after}`, "gu");

/** A title whole, and of a description the pieces with the most found in them. */
export const highlightRequest = {
  pre_tags: [marks.before],
  post_tags: [marks.after],
  // Words are found in one field and shown in another.
  require_field_match: false,
  fields: Object.fromEntries(
    analyzedLanguages.flatMap((language) => [
      [`title.${language}`, { number_of_fragments: 0 }],
      [`description.${language}`, { number_of_fragments: 5, fragment_size: 100 }],
    ]),
  ),
};

/**
 * Whether a word of a text is one of those that the engine has marked in its highlights, or is asked
 * for itself. Only the words are taken from there: a text may hold marks of its own.
 */
export function markedWords(
  asked: readonly QueryWord[],
  highlights: readonly string[],
): (word: string) => boolean {
  const found = new Set(asked.map(({ word }) => word));
  for (const highlight of highlights)
    for (const [, text = ""] of highlight.matchAll(marked))
      for (const { word } of wordsOf(text)) found.add(word);
  const beginnings = asked.filter(({ isBeginning }) => isBeginning).map(({ word }) => word);
  return (word) => found.has(word) || beginnings.some((beginning) => word.startsWith(beginning));
}
