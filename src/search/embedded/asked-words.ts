import { pickAlike, rangeOfAlike, type WordRange } from "./alike-words.ts";
import { readQueryWords } from "./query-words.ts";
import { remembering } from "./remembering.ts";

/** A word that is asked for, with all that it may stand for in the index. */
export interface AskedWord {
  /** Itself first. */
  forms: readonly string[];
  /** What a word may begin with instead; null where it has to be whole. */
  beginning: string | null;
}

/** The words of a query, with those of the index that each may have been meant for. */
export async function askedWords(
  query: string,
  readKnown: (ranges: readonly (WordRange | null)[]) => Promise<readonly string[][]>,
): Promise<AskedWord[]> {
  const words = readQueryWords(query);
  const ranges = words.map(({ word }) => rangeOfAlike(word));
  const known = ranges.some((range) => range !== null) ? await readKnown(ranges) : [];
  return words.map(({ word, isBeginning }, index) => ({
    forms: [word, ...pickAlike(word, known[index] ?? [])],
    beginning: isBeginning ? word : null,
  }));
}

/** Whether a word of the index is one of those that are asked for. */
export function isAskedFor(asked: readonly AskedWord[]): (word: string) => boolean {
  const forms = new Set(asked.flatMap((word) => word.forms));
  const beginnings = asked.flatMap(({ beginning }) => (beginning === null ? [] : [beginning]));
  return remembering(
    (word) => forms.has(word) || beginnings.some((beginning) => word.startsWith(beginning)),
  );
}
