import { limits } from "../../shared/limits.ts";
import { facetNames, type FacetName } from "../search.ts";
import { type Dialect, where } from "./draft-statement.ts";

/** What was counted, by kind and by list of regions. */
export interface CountedTables {
  /** A table of `n` with the columns of `search_kinds`, for all facets but the year. */
  kinds: string;
  /** The same, whenever decisions were opened. */
  kindsOfAnyYear: string;
  /** A selection of `regions` and `n`. */
  lists: string;
  /** Conditions on kinds, by the facet whose values they choose. */
  chosen: Partial<Record<FacetName, string>>;
}

/** The JSON of all facets; each counts what the conditions of the others leave. */
export function facetCounts(
  { kinds, kindsOfAnyYear, lists, chosen }: CountedTables,
  dialect: Dialect,
): string {
  const facetOf = (facet: FacetName): string => {
    const source =
      facet === "region"
        ? `(${lists}) AS lists JOIN search_listed_regions USING (regions)`
        : facet === "year"
          ? kindsOfAnyYear
          : kinds;
    const conditions =
      facet === "region" ? [] : [`${facet} <> ''`, ...conditionsBut(facet, chosen)];
    return dialect.arraysOf(
      "value, count",
      `SELECT ${facet} AS value, sum(n) AS count FROM ${source} ${where(conditions)}
       GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${limits.searchFacetValuesMax}`,
    );
  };
  return dialect.objectOf(Object.fromEntries(facetNames.map((facet) => [facet, facetOf(facet)])));
}

/** The conditions of all facets but this one. */
export function conditionsBut(
  facet: FacetName,
  chosen: Partial<Record<FacetName, string>>,
): string[] {
  return facetNames.flatMap((name) => (name === facet ? [] : (chosen[name] ?? [])));
}
