import type {
  DecisionFilters,
  DecisionQuery,
  FoundDecisions,
  SearchCursor,
  SearchReads,
} from "../../../src/search/search.ts";

/** A query for all decisions, but for what is said. */
export function asking(more: Partial<DecisionQuery> = {}): DecisionQuery {
  return { words: null, filters: {}, after: null, perPage: 100, withFacets: false, ...more };
}

/** The ids of what words find, in order of their names. */
export async function idsFound(
  index: SearchReads,
  words: string | null,
  filters: DecisionFilters = {},
): Promise<string[]> {
  const { hits } = await index.searchDecisions(asking({ words, filters }));
  return hits.map(({ id }) => id).toSorted();
}

/** All pages of a query. */
export async function walkHits(
  index: SearchReads,
  query: DecisionQuery,
): Promise<FoundDecisions[]> {
  const pages: FoundDecisions[] = [];
  let after: SearchCursor | null = null;
  do {
    const page: FoundDecisions = await index.searchDecisions({ ...query, after });
    pages.push(page);
    after = page.next;
  } while (after !== null);
  return pages;
}
