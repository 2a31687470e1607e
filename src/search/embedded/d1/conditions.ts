import type { DecisionFilters, FacetName } from "../../search.ts";
import type { DraftStatement } from "../draft-statement.ts";
import {
  kindConditions,
  openingConditions,
  selectKinds,
  selectLists,
} from "../filter-conditions.ts";

/** Conditions on `search_decisions`, whose number is named so. */
export function d1Conditions(
  filters: DecisionFilters,
  number: string,
  draft: DraftStatement,
): string[] {
  const ofKind = Object.values(d1KindConditions(filters, draft));
  return [
    ...(ofKind.length === 0 ? [] : [`kind IN (${selectKinds(ofKind)})`]),
    ...openingConditions(filters, number, draft),
  ];
}

/** Conditions on `search_kinds`, whose regions are a part of them in D1. */
export function d1KindConditions(
  filters: DecisionFilters,
  draft: DraftStatement,
): Partial<Record<FacetName, string>> {
  const { region } = filters;
  return {
    ...kindConditions(filters, draft),
    ...(region === undefined ? {} : { region: `regions IN (${selectLists(region, draft)})` }),
  };
}
