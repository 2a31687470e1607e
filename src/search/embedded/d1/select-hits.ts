import { where } from "../draft-statement.ts";
import type { SelectHits } from "../find-statements.ts";
import { d1Conditions } from "./conditions.ts";
import { matchCondition, matchedDecisions, numberOfMatch } from "./match.ts";

/** Hits in D1: FTS5 finds in the order of numbers. */
export const d1Hits: SelectHits = ({ match, filters, below, limit }, draft) => {
  const number = match === null ? "number" : numberOfMatch;
  const words = match === null ? [] : [matchCondition(match, draft)];
  const conditions = d1Conditions(filters, number, draft);
  const from = match === null ? "search_decisions" : matchedDecisions(conditions.length > 0);
  const beyond = below === null ? [] : [`${number} < ${draft.bindInteger(below)}`];
  return `SELECT ${number} AS number FROM ${from} ${where([...words, ...conditions, ...beyond])}
    ORDER BY ${number} DESC LIMIT ${limit}`;
};
