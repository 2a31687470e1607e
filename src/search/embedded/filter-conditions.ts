import type { DecisionFilters, FacetName } from "../search.ts";
import { type DraftStatement, where } from "./draft-statement.ts";
import { firstNumberAt } from "./numbers.ts";

/** Of a search, when a decision was opened. */
export type OpeningFilters = Omit<DecisionFilters, "statuses" | "outcomes" | "region" | "owner">;

/** When a decision was opened: conditions on `search_decisions`, whose number is named so. */
export function openingConditions(
  { from, to }: OpeningFilters,
  number: string,
  draft: DraftStatement,
): string[] {
  return [
    ...(from === undefined
      ? []
      : [
          `${number} >= ${draft.bindInteger(firstNumberAt(from))}`,
          `opens_at >= ${draft.bindInteger(from)}`,
        ]),
    ...(to === undefined
      ? []
      : [
          `${number} <= ${draft.bindInteger(firstNumberAt(to + 1_000))}`,
          `opens_at < ${draft.bindInteger(to)}`,
        ]),
  ];
}

/** Conditions on `search_kinds`, by the facet whose values they choose. */
export function kindConditions(
  { statuses, outcomes, owner }: DecisionFilters,
  draft: DraftStatement,
): Partial<Record<FacetName, string>> {
  const among = (values: readonly string[]) =>
    `(${draft.dialect.textsOf(draft.bind(JSON.stringify(values)))})`;
  return {
    ...(statuses === undefined ? {} : { status: `status IN ${among(statuses)}` }),
    ...(outcomes === undefined ? {} : { outcome: `outcome IN ${among(outcomes)}` }),
    ...(owner === undefined ? {} : { owner: `owner = ${draft.bind(owner)}` }),
  };
}

/** The kinds of which all this is true. */
export function selectKinds(conditions: readonly string[]): string {
  return `SELECT kind FROM search_kinds ${where(conditions)}`;
}

/** The lists of regions that name one. */
export function selectLists(region: string, draft: DraftStatement): string {
  return `SELECT regions FROM search_listed_regions WHERE region = ${draft.bind(region)}`;
}
