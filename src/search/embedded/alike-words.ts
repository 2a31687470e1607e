import { distance } from "fastest-levenshtein";
import { limits } from "../../shared/limits.ts";
import { charactersOf, unspaced } from "./words.ts";

/** How many letters may be wrong, missing or too many in a word. */
export function errorsForgiven(word: string): 0 | 1 | 2 {
  if (/\p{N}/u.test(word) || unspaced.test(word)) return 0;
  const letters = charactersOf(word);
  if (letters < 4) return 0;
  return letters < 8 ? 1 : 2;
}

/** Which words of the index are compared with a wrong one: those that begin as it does, about as long. */
export interface WordRange {
  from: string;
  /** Not included. */
  to: string;
  /** In characters, as databases count them. */
  lengthMin: number;
  lengthMax: number;
}

/** Where to look for words that differ little from this one; null where none is forgiven. */
export function rangeOfAlike(word: string): WordRange | null {
  const errors = errorsForgiven(word);
  const first = word.codePointAt(0);
  if (errors === 0 || first === undefined) return null;
  const length = charactersOf(word);
  return {
    from: String.fromCodePoint(first),
    to: String.fromCodePoint(first + 1),
    lengthMin: length - errors,
    lengthMax: length + errors,
  };
}

/** Those that differ little enough, the nearest first. */
export function pickAlike(word: string, candidates: readonly string[]): string[] {
  const errors = errorsForgiven(word);
  return candidates
    .map((candidate) => ({ candidate, apart: errorsBetween(word, candidate) }))
    .filter(({ apart }) => apart > 0 && apart <= errors)
    .toSorted((a, b) => a.apart - b.apart || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, limits.searchFormsMax)
    .map(({ candidate }) => candidate);
}

/** Two letters in each other's place are one error. */
function errorsBetween(word: string, other: string): number {
  const apart = distance(word, other);
  return apart === 2 && areSwapped(word, other) ? 1 : apart;
}

function areSwapped(word: string, other: string): boolean {
  if (word.length !== other.length) return false;
  let at = 0;
  while (word[at] === other[at]) at += 1;
  return other === `${word.slice(0, at)}${word[at + 1]}${word[at]}${word.slice(at + 2)}`;
}
