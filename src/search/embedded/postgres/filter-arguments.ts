import type { DecisionFilters } from "../../search.ts";
import type { DraftStatement } from "../draft-statement.ts";
import {
  kindConditions,
  type OpeningFilters,
  selectKinds,
  selectLists,
} from "../filter-conditions.ts";

/** Filters as the functions of the index take them: when opened, of which kinds, of which lists of regions. */
export function filterArguments(filters: DecisionFilters, draft: DraftStatement): string {
  return [openingArguments(filters, draft), ...choiceArguments(filters, draft)].join(", ");
}

/** The same, whenever decisions were opened. */
export function anyTimeArguments(filters: DecisionFilters, draft: DraftStatement): string {
  return [openingArguments({}, draft), ...choiceArguments(filters, draft)].join(", ");
}

function openingArguments({ from, to }: OpeningFilters, draft: DraftStatement): string {
  return [from, to].map((at) => (at === undefined ? "NULL" : draft.bindInteger(at))).join(", ");
}

function choiceArguments(filters: DecisionFilters, draft: DraftStatement): string[] {
  const ofKind = Object.values(kindConditions(filters, draft));
  const { region } = filters;
  return [
    ofKind.length === 0 ? "NULL" : `ARRAY(${selectKinds(ofKind)})`,
    region === undefined ? "NULL" : `ARRAY(${selectLists(region, draft)})`,
  ];
}
