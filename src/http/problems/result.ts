import { limits } from "../../shared/limits.ts";
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
  "ballots.archived": {
    status: 503,
    title: "Ballots of the decision are archived",
    detail: "`detail` names them; ask the operator to attach their partitions again.",
  },
  "publication.not_ready": {
    status: 409,
    title: "The decision's ballots are not published yet",
    detail:
      "They are once it is certified, some time after its close; GET the decision for its status.",
  },
  "page.not_found": {
    status: 404,
    title: "The list has no such page",
    detail: "Begin with page 1; `pages` says how many there are.",
  },
  "votes.not_roll_call": {
    status: 403,
    title: "Single ballots of the record are shown of roll calls alone",
    detail:
      "GET what is published once the decision is certified: its votes, or as an auditor its openings.",
  },
  "watchers.too_many": {
    status: 429,
    title: "Too many watch this decision from your address",
    detail: "Close one that watches, or poll its results instead.",
    retryAfterSeconds: limits.rateWindowSeconds,
  },
  "watchers.full": {
    status: 503,
    title: "Too many watch this decision",
    detail: "Poll its results instead, or come back later.",
    retryAfterSeconds: 5,
  },
} satisfies ProblemTable;
