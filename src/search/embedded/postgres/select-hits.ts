import type { DecisionFilters } from "../../search.ts";
import { type DraftStatement, where } from "../draft-statement.ts";
import {
  kindConditions,
  openingConditions,
  selectKinds,
  selectLists,
} from "../filter-conditions.ts";
import type { SelectHits } from "../find-statements.ts";
import { filterArguments } from "./filter-arguments.ts";
import { matchQuery } from "./wanted-words.ts";

/** Above any number of a decision. */
const aboveAll = Number.MAX_SAFE_INTEGER;

export const postgresHits: SelectHits = ({ match, filters, below, limit }, draft) => {
  const beyond = draft.bindInteger(below ?? aboveAll);
  const from =
    match === null
      ? `search_decisions ${where([`number < ${beyond}`, ...conditions(filters, draft)])}`
      : `find_search_decisions(${draft.bind(matchQuery(match))}::tsquery, ${beyond},
          ${filterArguments(filters, draft)}, ${limit}) AS number`;
  return `SELECT number FROM ${from} ORDER BY number DESC LIMIT ${limit}`;
};

function conditions(filters: DecisionFilters, draft: DraftStatement): string[] {
  const ofKind = Object.values(kindConditions(filters, draft));
  const { region } = filters;
  return [
    ...(ofKind.length === 0 ? [] : [`kind IN (${selectKinds(ofKind)})`]),
    ...(region === undefined ? [] : [`regions IN (${selectLists(region, draft)})`]),
    ...openingConditions(filters, "number", draft),
  ];
}
