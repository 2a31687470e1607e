import {
  type DecisionFacets,
  type DecisionHit,
  type DecisionQuery,
  facetNames,
  type FoundDecisions,
} from "../search.ts";
import { type AskedWord, isAskedFor } from "./asked-words.ts";
import { cursorOf } from "./cursor.ts";
import { highlightsOf, type TextCode } from "./highlights-of.ts";
import { sortFacet } from "./sort-facet.ts";

/** A hit as databases answer it, the best first, and one more than a page where there is one. */
export type HitRow = { number: number; tier: number; id: string; texts: string };
/** Facets are JSON: `{ name: [[value, count], …] }`. */
export type CountRow = { total: number; facets: string | null };

/** What was found, from what a database answers; `asked` is null where nothing was asked in words. */
export function foundOf(
  { perPage, withFacets }: DecisionQuery,
  asked: readonly AskedWord[] | null,
  { rows, count }: { rows: readonly HitRow[]; count: CountRow | undefined },
): FoundDecisions {
  const shown = rows.slice(0, perPage);
  const last = rows.length > perPage ? shown.at(-1) : undefined;
  const isFound = isAskedFor(asked ?? []);
  const hits = shown.map(({ id, texts }): DecisionHit => {
    // Written by the writer, as it is read here.
    const codes = asked === null ? [] : (JSON.parse(texts) as TextCode[]);
    return { id, highlights: highlightsOf(codes, isFound) };
  });
  return {
    hits,
    total: count?.total ?? 0,
    facets: withFacets ? facetsOf(count?.facets ?? "{}") : null,
    next: last === undefined ? null : cursorOf(last),
  };
}

function facetsOf(json: string): DecisionFacets {
  // As the statements write it.
  const codes = JSON.parse(json) as Record<string, [value: string, count: number][]>;
  const facets = facetNames.map((name) => {
    const values = codes[name] ?? [];
    return [name, sortFacet(values.map(([value, count]) => ({ value, count })))];
  });
  return Object.fromEntries(facets) as DecisionFacets;
}
