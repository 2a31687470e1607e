import type { ProblemTable } from "./problem-table.ts";

/** Results, outcomes and streams that can't be shown, or not now. */
export const resultProblems = {
  "region.not_shown": {
    status: 403,
    title: "The region's figures are not shown, or not yet",
    detail:
      "Before the close they wait until enough have voted, after it for the certification; figures of too few voters are never shown.",
  },
  "results.sealed": {
    status: 403,
    title: "The decision's counts are not shown yet",
    detail: "Nobody sees them before it has closed; GET the decision for the time.",
  },
  "outcome.none": {
    status: 409,
    title: "There is no outcome",
    detail:
      "A draft has none yet, and a cancelled decision ends without one; GET the decision for its status.",
  },
  "projection.behind": {
    status: 503,
    title: "The database is still catching up",
    detail: "The record is complete; repeat the request after the time in Retry-After.",
    retryAfterSeconds: 2,
  },
  "ballots.archived": {
    status: 503,
    title: "Ballots of the decision are archived",
    detail: "`detail` names them; ask the operator to attach their partitions again.",
  },
  "ballots.incomplete": {
    status: 503,
    title: "The database does not have every ballot of the record",
    detail: "An administrator can rebuild the decision's rows from the record.",
  },
  "watchers.full": {
    status: 503,
    title: "Too many watch this decision",
    detail: "Poll its results instead, or come back later.",
    retryAfterSeconds: 5,
  },
} satisfies ProblemTable;
