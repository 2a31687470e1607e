import type { DecisionQuery } from "../../search.ts";
import { type BoundStatement, type Dialect, DraftStatement, where } from "../draft-statement.ts";
import { facetCounts } from "../facet-counts.ts";
import { kindConditions } from "../filter-conditions.ts";
import type { MatchTiers } from "../match-tiers.ts";
import { anyTimeArguments, filterArguments } from "./filter-arguments.ts";
import { matchQuery } from "./wanted-words.ts";

/** How many there are in all, and by facet: one row `{ total, facets }`. */
export function postgresCountStatement(
  { filters, withFacets }: DecisionQuery,
  match: MatchTiers | null,
  dialect: Dialect,
): BoundStatement {
  const draft = new DraftStatement(dialect);
  const words = match === null ? "NULL" : `${draft.bind(matchQuery(match.all))}::tsquery`;
  const countedTable = (name: string, args: string) =>
    `${name} AS MATERIALIZED (SELECT * FROM count_search_decisions(${words}, ${args}) WHERE n > 0)`;
  const kindsTable = (name: string, counted: string) =>
    `${name} AS MATERIALIZED (SELECT * FROM ${counted} JOIN search_kinds USING (kind))`;
  const tables = [
    countedTable("counted", filterArguments(filters, draft)),
    kindsTable("kinds", "counted"),
  ];
  const chosen = kindConditions(filters, draft);
  const total = `SELECT coalesce(sum(n), 0) FROM kinds ${where(Object.values(chosen))}`;
  const withTables = () => `WITH ${tables.join(", ")} SELECT (${total}) AS total`;
  if (!withFacets) return draft.finish(`${withTables()}, NULL AS facets`);
  const isOpenedThen = filters.from !== undefined || filters.to !== undefined;
  if (isOpenedThen)
    tables.push(
      countedTable("counted_of_any_year", anyTimeArguments(filters, draft)),
      kindsTable("kinds_of_any_year", "counted_of_any_year"),
    );
  const kindsOfAnyYear = isOpenedThen ? "kinds_of_any_year" : "kinds";
  const lists = "SELECT regions, n FROM counted WHERE kind IS NULL";
  const facets = facetCounts({ kinds: "kinds", kindsOfAnyYear, lists, chosen }, dialect);
  return draft.finish(`${withTables()}, ${facets} AS facets`);
}
