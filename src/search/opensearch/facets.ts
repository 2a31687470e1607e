import { z } from "zod";
import { limits } from "../../shared/limits.ts";
import { sortFacet } from "../embedded/sort-facet.ts";
import { facetNames, type DecisionFacets, type FacetName } from "../search.ts";

const facetFields = {
  status: "status",
  outcome: "outcome",
  region: "regions",
  owner: "owner",
  year: "year",
} as const satisfies Record<FacetName, string>;

/** What a search is answered with beside its hits. */
export const facetsSchema = z.record(
  z.enum(facetNames),
  z.object({
    values: z.object({
      buckets: z.array(z.object({ key: z.string(), doc_count: z.int() })),
    }),
  }),
);

/** Counts each facet's values among what the other facets' filters leave. */
export function facetsRequest(filters: Partial<Record<FacetName, object>>): object {
  const requestOf = (facet: FacetName) => ({
    filter: {
      bool: { filter: facetNames.flatMap((name) => (name === facet ? [] : (filters[name] ?? []))) },
    },
    aggs: {
      values: {
        terms: {
          field: facetFields[facet],
          size: limits.searchFacetValuesMax,
          order: [{ _count: "desc" }, { _key: "asc" }],
        },
      },
    },
  });
  return Object.fromEntries(facetNames.map((facet) => [facet, requestOf(facet)]));
}

export function facetsOf(found: z.output<typeof facetsSchema> | undefined): DecisionFacets {
  const of = (facet: FacetName) =>
    sortFacet(
      (found?.[facet].values.buckets ?? []).map(({ key, doc_count }) => ({
        value: key,
        count: doc_count,
      })),
    );
  return {
    status: of("status"),
    outcome: of("outcome"),
    region: of("region"),
    owner: of("owner"),
    year: of("year"),
  };
}
