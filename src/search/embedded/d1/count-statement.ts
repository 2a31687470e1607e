import type { DecisionQuery } from "../../search.ts";
import { type BoundStatement, type Dialect, DraftStatement, where } from "../draft-statement.ts";
import { conditionsBut, facetCounts } from "../facet-counts.ts";
import { type OpeningFilters, openingConditions } from "../filter-conditions.ts";
import type { MatchTiers } from "../match-tiers.ts";
import { d1Conditions, d1KindConditions } from "./conditions.ts";
import { matchCondition, matchedDecisions, numberOfMatch } from "./match.ts";

/** How many there are in all, and by facet: one row `{ total, facets }`. */
export function d1CountStatement(
  { filters, withFacets }: DecisionQuery,
  match: MatchTiers | null,
  dialect: Dialect,
): BoundStatement {
  const draft = new DraftStatement(dialect);
  const number = match === null ? "number" : numberOfMatch;
  const fromWhere = (conditions: readonly string[], withKinds: boolean) =>
    match === null
      ? `search_decisions ${where(conditions)}`
      : `${matchedDecisions(withKinds)} ${where([matchCondition(match.all, draft), ...conditions])}`;
  if (!withFacets) {
    const conditions = d1Conditions(filters, number, draft);
    const from = fromWhere(conditions, conditions.length > 0);
    return draft.finish(`SELECT count(*) AS total, NULL AS facets FROM ${from}`);
  }
  const kindsTable = (name: string, opening: OpeningFilters) => {
    const from = fromWhere(openingConditions(opening, number, draft), true);
    const counted = `SELECT kind, count(*) AS n FROM ${from} GROUP BY kind`;
    return `${name} AS MATERIALIZED (SELECT * FROM (${counted}) AS counted JOIN search_kinds USING (kind))`;
  };
  const isOpenedThen = filters.from !== undefined || filters.to !== undefined;
  const tables = [
    kindsTable("kinds", filters),
    ...(isOpenedThen ? [kindsTable("kinds_of_any_year", {})] : []),
  ];
  const chosen = d1KindConditions(filters, draft);
  const lists = `SELECT regions, sum(n) AS n FROM kinds ${where(conditionsBut("region", chosen))} GROUP BY regions`;
  const kindsOfAnyYear = isOpenedThen ? "kinds_of_any_year" : "kinds";
  const facets = facetCounts({ kinds: "kinds", kindsOfAnyYear, lists, chosen }, dialect);
  const total = `SELECT coalesce(sum(n), 0) FROM kinds ${where(Object.values(chosen))}`;
  return draft.finish(`WITH ${tables.join(", ")} SELECT (${total}) AS total, ${facets} AS facets`);
}
