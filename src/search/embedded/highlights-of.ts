import type { Highlight } from "../search.ts";
import { markFound } from "./highlight.ts";

/** Title and description in one language, as the index keeps them. */
export type TextCode = [language: string | null, title: string, description: string];

/** What was found in a decision's texts: of each that has some of it, in their order. */
export function highlightsOf(
  texts: readonly TextCode[],
  isFound: (word: string) => boolean,
): Highlight[] {
  return texts.flatMap(([language, title, description]) => {
    const marked = [
      { field: "title" as const, language, parts: markFound(title, isFound) },
      { field: "description" as const, language, parts: markFound(description, isFound) },
    ];
    return marked.flatMap(({ parts, ...where }) => (parts === null ? [] : [{ ...where, parts }]));
  });
}
