import { limits } from "../../shared/limits.ts";
import { Problem } from "../problem.ts";

/** A run of letters and digits with their marks: whatever stands between is no part of a word. */
const runs = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
/** Of scripts without blanks between words a run is many (Unicode Standard Annex 29). */
const segmenter = new Intl.Segmenter("und", { granularity: "word" });

/**
 * What is searched for; null where nothing is said, which asks for all.
 * @throws {Problem} search.no_words, query.invalid
 */
export function requireWords(text: string | undefined): string | null {
  const words = text?.trim() ?? "";
  if (words === "") return null;
  const count = countWords(words);
  if (count === 0) throw new Problem("search.no_words");
  if (count > limits.searchWordsMax) throw tooMany(count);
  return words;
}

/** The segmenter leaves letters of others with those of scripts that it has a dictionary for. */
const scripts =
  /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+|[^\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu;

function countWords(text: string): number {
  const found = text.normalize("NFKC").match(runs) ?? [];
  return found
    .flatMap((run) => run.match(scripts) ?? [])
    .reduce((sum, part) => sum + [...segmenter.segment(part)].length, 0);
}

function tooMany(count: number): Problem {
  const detail = `at most ${limits.searchWordsMax} words, and these are ${count}`;
  return new Problem("query.invalid", { errors: [{ pointer: "/q", detail }] });
}
