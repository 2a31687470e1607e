import { limits } from "../../../shared/limits.ts";
import { pickAlike, rangeOfAlike } from "../alike-words.ts";
import type { AskedWord } from "../asked-words.ts";
import { readQueryWords } from "../query-words.ts";

/** ?1: [{ from, to, lengthMin, lengthMax } or null, …]. One row for each, with words as a JSON array. */
const knownWords = `
  SELECT (
    SELECT json_group_array(word) FROM (
      SELECT word FROM known_words
      WHERE word >= range.value->>'from' AND word < range.value->>'to'
        AND length(word) BETWEEN range.value->>'lengthMin' AND range.value->>'lengthMax'
      LIMIT ${limits.searchKnownWordsMax}
    )
  ) AS words
  FROM json_each(?1) AS range ORDER BY range.key`;

/** The words of a query, with those of the index that each may have been meant for. */
export async function askedWords(db: D1Database, query: string): Promise<AskedWord[]> {
  const words = readQueryWords(query);
  const ranges = words.map(({ word }) => rangeOfAlike(word));
  const rows = ranges.some((range) => range !== null)
    ? await readKnown(db, JSON.stringify(ranges))
    : [];
  return words.map(({ word, isBeginning }, index) => ({
    forms: [word, ...pickAlike(word, rows[index] ?? [])],
    beginning: isBeginning ? word : null,
  }));
}

async function readKnown(db: D1Database, ranges: string): Promise<string[][]> {
  const { results } = await db.prepare(knownWords).bind(ranges).all<{ words: string }>();
  // As the statement writes it.
  return results.map(({ words }) => JSON.parse(words) as string[]);
}
