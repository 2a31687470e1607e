import { limits } from "../../shared/limits.ts";
import { facetNames, type DecisionQuery, type FacetName } from "../search.ts";
import { type BoundStatement, type Dialect, DraftStatement, where } from "./draft-statement.ts";
import {
  filterConditions,
  kindConditions,
  openingConditions,
  type OpeningFilters,
} from "./filter-conditions.ts";
import type { MatchTiers } from "./match-tiers.ts";

/** How many there are in all, and by facet: one row `{ total, facets }`. */
export function countStatement(
  query: DecisionQuery,
  match: MatchTiers | null,
  dialect: Dialect,
): BoundStatement {
  const draft = new DraftStatement(dialect);
  const { filters } = query;
  const bind = (text: string) => draft.bind(text);
  const number = match === null ? "number" : dialect.numberOfMatch;
  const wordsOf = () => (match === null ? [] : [dialect.matches(match.all, bind)]);
  const fromOf = (withKinds: boolean) =>
    match === null ? "search_decisions" : dialect.matchedDecisions(withKinds);
  const countedKinds = (opening: OpeningFilters): string => {
    if (match !== null && dialect.countedKinds !== null) {
      const timeOf = (at?: number) => (at === undefined ? "NULL" : draft.bindInteger(at));
      const [from, to] = [timeOf(opening.from), timeOf(opening.to)];
      return dialect.countedKinds(match.all, { bind, from, to });
    }
    const opened = openingConditions(opening, number, draft);
    return `SELECT kind, count(*) AS n FROM ${fromOf(true)} ${where([...wordsOf(), ...opened])} GROUP BY kind`;
  };
  if (!query.withFacets) {
    if (match !== null && dialect.countedKinds !== null) {
      const counted = `(${countedKinds(filters)}) AS counted JOIN search_kinds USING (kind)`;
      const chosen = where(Object.values(kindConditions(filters, draft)));
      return draft.finish(
        `SELECT coalesce(sum(n), 0) AS total, NULL AS facets FROM ${counted} ${chosen}`,
      );
    }
    const conditions = filterConditions(filters, number, draft);
    const from = `${fromOf(conditions.length > 0)} ${where([...wordsOf(), ...conditions])}`;
    return draft.finish(`SELECT count(*) AS total, NULL AS facets FROM ${from}`);
  }
  const kindsTable = (name: string, counted: string) =>
    `${name} AS MATERIALIZED (SELECT * FROM (${counted}) AS counted JOIN search_kinds USING (kind))`;
  const isOpenedThen = filters.from !== undefined || filters.to !== undefined;
  const tables = [
    kindsTable("kinds", countedKinds(filters)),
    ...(isOpenedThen ? [kindsTable("kinds_of_any_year", countedKinds({}))] : []),
  ];
  const chosen = kindConditions(filters, draft);
  const othersOf = (facet: FacetName) =>
    facetNames.flatMap((name) => (name === facet ? [] : (chosen[name] ?? [])));
  const facetOf = (facet: FacetName): string => {
    const table = facet === "year" && isOpenedThen ? "kinds_of_any_year" : "kinds";
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
  return draft.finish(`WITH ${tables.join(", ")} SELECT (${total}) AS total, ${facets} AS facets`);
}
