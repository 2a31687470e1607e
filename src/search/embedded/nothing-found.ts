import type { FoundDecisions } from "../search.ts";

/** The answer to a query without a word in it. */
export function nothingFound(withFacets: boolean): FoundDecisions {
  const facets = { status: [], outcome: [], region: [], owner: [], year: [] };
  return { hits: [], total: 0, facets: withFacets ? facets : null, next: null };
}
