import { innermostOf } from "../../shared/loggable-error.ts";

/** What D1 and the way to it say of themselves; by the list of D1's errors in its documentation. */
const signs = /\bD1[_ ]|SQLITE_|Network connection lost|internal error/i;

/**
 * What SQLite says of a statement of ours, which no repetition mends. A table that is missing is
 * none of it: its migration is not applied.
 */
const ownFaults: readonly RegExp[] = [
  /syntax error|incomplete input|unrecognized token/i,
  /no such (?:column|function)|has no column named|ambiguous column name/i,
  /constraint failed|SQLITE_(?:CONSTRAINT|MISMATCH|RANGE|TOOBIG)/i,
  /too many SQL variables|number of (?:parameter bindings|arguments)|D1_(?:TYPE|COLUMN)/i,
];

/** What readiness says of D1, by what it answered; anybody may read these words. */
const problemsBySign: readonly (readonly [RegExp, string])[] = [
  [/no such (?:table|column)/i, "the migrations of D1 are not applied"],
  [/overloaded|too many requests/i, "D1 has more requests than it can take"],
  [/locked|SQLITE_BUSY/i, "another statement holds a lock in D1"],
  [/SQLITE_FULL|disk is full|maximum DB size/i, "D1 is full"],
  [/timeout|time limit|was reset/i, "D1 took too long for a statement"],
];

/** Whether D1 could not be asked; an error that D1 has not made is ours. */
export function isD1Outage(error: unknown): boolean {
  const said = String(innermostOf(error));
  return signs.test(said) && !ownFaults.some((fault) => fault.test(said));
}

/** What is wrong with D1, in words that anybody may read. */
export function d1ProblemOf(error: unknown): string {
  const said = String(innermostOf(error));
  return problemsBySign.find(([sign]) => sign.test(said))?.[1] ?? "D1 does not answer";
}
