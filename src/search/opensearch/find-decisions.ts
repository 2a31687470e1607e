import { z } from "zod";
import { highlightsOf, type TextCode } from "../embedded/highlights-of.ts";
import { nothingFound } from "../embedded/nothing-found.ts";
import { readQueryWords, type QueryWord } from "../embedded/query-words.ts";
import {
  CursorRefused,
  type DecisionQuery,
  type FoundDecisions,
  type SearchCursor,
} from "../search.ts";
import { limits } from "../../shared/limits.ts";
import { readAs } from "./engine-client.ts";
import { facetsOf, facetsRequest, facetsSchema } from "./facets.ts";
import { filtersByFacet } from "./filters.ts";
import { highlightRequest, markedWords } from "./marked-words.ts";
import type { SearchEngine } from "./search-engine.ts";
import { wordsQuery } from "./word-query.ts";

const textSchema = z.object({
  language: z.string().nullable(),
  title: z.string(),
  description: z.string(),
});
const foundSchema = z.object({
  hits: z.object({
    total: z.object({ value: z.int() }),
    hits: z.array(
      z.object({
        _id: z.string(),
        _source: z.object({ texts: z.array(textSchema) }),
        sort: z.array(z.union([z.number(), z.string()])),
        highlight: z.record(z.string(), z.array(z.string())).optional(),
      }),
    ),
  }),
  aggregations: facetsSchema.optional(),
});
type Found = z.output<typeof foundSchema>;

export async function findDecisions(
  engine: SearchEngine,
  query: DecisionQuery,
): Promise<FoundDecisions> {
  const words = query.words === null ? [] : readQueryWords(query.words);
  if (query.words !== null && words.length === 0) return nothingFound(query.withFacets);
  const filters = filtersByFacet(query.filters);
  // Facets count what some of the filters leave, so that all of them narrow the hits alone.
  const narrowed = Object.values(filters);
  const body = {
    size: query.perPage + 1,
    track_total_hits: true,
    _source: ["texts"],
    query: { bool: { must: wordsQuery(words), filter: query.withFacets ? [] : narrowed } },
    sort: [...(words.length === 0 ? [] : ["_score"]), { opens_at: "desc" }, { id: "asc" }],
    ...(query.after === null ? {} : { search_after: readCursor(query.after, words) }),
    ...(query.withFacets
      ? { post_filter: { bool: { filter: narrowed } }, aggs: facetsRequest(filters) }
      : {}),
    ...(words.length === 0 ? {} : { highlight: highlightRequest(words) }),
  };
  // The copies of an index differ in scores: one search's pages are of one copy. Engines take 4 kB.
  const first = words.slice(0, limits.searchWordsMax).map(({ word }) => word);
  const preference = encodeURIComponent(`words ${first.join(" ")}`);
  const answer = await engine.searchDecisions(body, `&preference=${preference}`);
  if (answer === null) return nothingFound(query.withFacets);
  return foundOf(query, words, readAs(foundSchema, answer));
}

/** @throws {CursorRefused} */
function readCursor(cursor: SearchCursor, words: readonly QueryWord[]): SearchCursor {
  const numbers = cursor.slice(0, -1);
  const isOurs =
    cursor.length === (words.length === 0 ? 2 : 3) &&
    numbers.every(Number.isFinite) &&
    Number.isSafeInteger(numbers.at(-1)) &&
    typeof cursor.at(-1) === "string";
  if (!isOurs) throw new CursorRefused();
  return cursor;
}

function foundOf(
  { perPage, withFacets }: DecisionQuery,
  words: readonly QueryWord[],
  { hits, aggregations }: Found,
): FoundDecisions {
  const shown = hits.hits.slice(0, perPage);
  const foundBy = markedWords(words);
  return {
    hits: shown.map(({ _id: id, _source: { texts }, highlight = {} }) => {
      const isFound = foundBy(Object.values(highlight).flat());
      const coded = texts.map(({ language, title, description }): TextCode => [
        language,
        title,
        description,
      ]);
      return { id, highlights: words.length === 0 ? [] : highlightsOf(coded, isFound) };
    }),
    total: hits.total.value,
    facets: withFacets ? facetsOf(aggregations) : null,
    next: hits.hits.length > perPage ? (shown.at(-1)?.sort ?? null) : null,
  };
}
