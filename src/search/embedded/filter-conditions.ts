import type { DecisionFilters, FacetName } from "../search.ts";
import { type DraftStatement, where } from "./draft-statement.ts";
import { firstNumberAt } from "./numbers.ts";

/** Of a search, when a decision was opened. */
export type OpeningFilters = Omit<DecisionFilters, "statuses" | "outcomes" | "region" | "owner">;

/** Conditions on `search_decisions`, whose number is named so. */
export function filterConditions(
  filters: DecisionFilters,
  number: string,
  draft: DraftStatement,
): string[] {
  const ofKind = Object.values(kindConditions(filters, draft));
  const kinds = `kind IN (SELECT kind FROM search_kinds ${where(ofKind)})`;
  return [...(ofKind.length === 0 ? [] : [kinds]), ...openingConditions(filters, number, draft)];
}

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
  { statuses, outcomes, region, owner }: DecisionFilters,
  draft: DraftStatement,
): Partial<Record<FacetName, string>> {
  const among = (values: readonly string[]) =>
    `(${draft.dialect.textsOf(draft.bind(JSON.stringify(values)))})`;
  const lists = (code: string) =>
    `(SELECT regions FROM search_listed_regions WHERE region = ${draft.bind(code)})`;
  return {
    ...(statuses === undefined ? {} : { status: `status IN ${among(statuses)}` }),
    ...(outcomes === undefined ? {} : { outcome: `outcome IN ${among(outcomes)}` }),
    ...(region === undefined ? {} : { region: `regions IN ${lists(region)}` }),
    ...(owner === undefined ? {} : { owner: `owner = ${draft.bind(owner)}` }),
  };
}
