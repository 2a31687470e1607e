import { limits } from "../../shared/limits.ts";
import { charactersOf, isPair, type PlacedWord, unspaced, wordsOf } from "./words.ts";

/** A word that is asked for. */
export interface QueryWord {
  word: string;
  /** As it is written in the query. */
  text: string;
  /** Whether it may be the beginning of a longer one. */
  isBeginning: boolean;
}

/**
 * What a query's words are; none where it has no letter and no digit. The last one is a beginning, if
 * it has two letters; and so is a single letter of a script without blanks.
 */
export function readQueryWords(query: string): QueryWord[] {
  const placed = wordsOf(query);
  const words = placed.filter(({ start, end }, index) => !isRestOf(placed[index - 1], start, end));
  return bounded(words).map(({ word, start, end }, index, { length }) => {
    const isSingle = charactersOf(word) === 1;
    const isBeginning = isSingle ? unspaced.test(word) : index === length - 1;
    return { word, text: query.slice(start, end), isBeginning };
  });
}

/** All words of a query that is taken: pairs cost an index little, and others have their forms. */
function bounded(words: readonly PlacedWord[]): PlacedWord[] {
  const pairs = words.filter(({ word }) => isPair(word)).slice(0, limits.searchPairsMax);
  const others = words.filter(({ word }) => !isPair(word)).slice(0, limits.searchWordsMax);
  const sought = new Set([...pairs, ...others]);
  return words.filter((word) => sought.has(word));
}

/** The last letter of a run, which the word before it holds already. */
function isRestOf(
  before: { start: number; end: number } | undefined,
  start: number,
  end: number,
): boolean {
  return before !== undefined && start > before.start && end === before.end;
}
