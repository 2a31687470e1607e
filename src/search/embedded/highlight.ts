import { limits } from "../../shared/limits.ts";
import type { Highlight } from "../search.ts";
import { eachWord, type PlacedWord } from "./words.ts";

type Part = Highlight["parts"][number];

/** Marks what `isFound` says of a text's words; null where that is none. A long text is cut around the first. */
export function markFound(text: string, isFound: (word: string) => boolean): Part[] | null {
  const marks: { start: number; end: number }[] = [];
  const words: PlacedWord[] = [];
  for (const placed of eachWord(text)) {
    const { word, start, end } = placed;
    if (start > (marks[0]?.start ?? text.length) + limits.searchHighlightCharactersMax) break;
    words.push(placed);
    if (!isFound(word)) continue;
    const last = marks.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else marks.push({ start, end });
  }
  const [first] = marks;
  if (first === undefined) return null;
  const { from, to } = pieceAround(text, first.start, words);
  const parts: Part[] = [];
  let at = from;
  for (const { start, end } of marks) {
    if (end > to) break;
    parts.push({ text: text.slice(at, start), isMatch: false });
    parts.push({ text: text.slice(start, end), isMatch: true });
    at = end;
  }
  parts.push({ text: text.slice(at, to), isMatch: false });
  return parts.filter((part) => part.text !== "");
}

/** Where a piece of a long text begins and ends: between its words, a third of it before the place. */
function pieceAround(
  text: string,
  place: number,
  words: readonly PlacedWord[],
): { from: number; to: number } {
  const length = limits.searchHighlightCharactersMax;
  if (text.length <= length) return { from: 0, to: text.length };
  const earliest = Math.max(0, Math.min(place - length / 3, text.length - length));
  const from = earliest === 0 ? 0 : (words.find(({ start }) => start >= earliest)?.start ?? place);
  const ends = words.filter(({ end }) => end <= from + length);
  const to = from + length >= text.length ? text.length : (ends.at(-1)?.end ?? text.length);
  return { from: Math.min(from, place), to };
}
