import { limits } from "../../shared/limits.ts";
import { facetNames, type DecisionQuery, type FacetName } from "../search.ts";
import { type BoundStatement, type Dialect, DraftStatement, where } from "./draft-statement.ts";
import { filterConditions, kindConditions, openingConditions } from "./filter-conditions.ts";
import type { MatchTiers } from "./match-tiers.ts";

/** How many there are in all, and by facet: one row `{ total, facets }`. */
export function countStatement(
  query: DecisionQuery,
  match: MatchTiers | null,
  dialect: Dialect,
): BoundStatement {
  const draft = new DraftStatement(dialect);
  const words = match === null ? [] : [dialect.matches(draft.bind(match.all))];
  const number = match === null ? "number" : dialect.numberOfMatch;
  const fromOf = (withKinds: boolean) =>
    match === null ? "search_decisions" : dialect.matchedDecisions(withKinds);
  if (!query.withFacets) {
    const filters = filterConditions(query.filters, number, draft);
    const from = `${fromOf(filters.length > 0)} ${where([...words, ...filters])}`;
    return draft.finish(`SELECT count(*) AS total, NULL AS facets FROM ${from}`);
  }
  const opened = openingConditions(query.filters, number, draft);
  const chosen = kindConditions(query.filters, draft);
  const countKinds = (name: string, conditions: readonly string[]) =>
    `${name} AS MATERIALIZED (
      SELECT * FROM (SELECT kind, count(*) AS n FROM ${fromOf(true)} ${where(conditions)} GROUP BY kind) AS counted
      JOIN search_kinds USING (kind)
    )`;
  const kinds = [
    countKinds("kinds", [...words, ...opened]),
    ...(opened.length === 0 ? [] : [countKinds("kinds_of_any_year", words)]),
  ];
  const othersOf = (facet: FacetName) =>
    facetNames.flatMap((name) => (name === facet ? [] : (chosen[name] ?? [])));
  const facetOf = (facet: FacetName): string => {
    const table = facet === "year" && opened.length > 0 ? "kinds_of_any_year" : "kinds";
    const others = othersOf(facet);
    const source =
      facet === "region"
        ? `(SELECT regions, sum(n) AS n FROM ${table} ${where(others)} GROUP BY regions) AS lists
           JOIN search_listed_regions USING (regions)`
        : table;
    const conditions = facet === "region" ? [] : [`${facet} <> ''`, ...others];
    return dialect.arraysOf(
      "value, count",
      `SELECT ${facet} AS value, sum(n) AS count FROM ${source} ${where(conditions)}
       GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${limits.searchFacetValuesMax}`,
    );
  };
  const facets = dialect.objectOf(
    Object.fromEntries(facetNames.map((facet) => [facet, facetOf(facet)])),
  );
  const total = `SELECT coalesce(sum(n), 0) FROM kinds ${where(Object.values(chosen))}`;
  return draft.finish(`WITH ${kinds.join(", ")} SELECT (${total}) AS total, ${facets} AS facets`);
}
