import type { Facet } from "../search.ts";

/** The most first, then by value. */
export function sortFacet(facet: Facet): Facet {
  return facet.toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
