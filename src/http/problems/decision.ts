import type { ProblemTable } from "./problem-table.ts";

/** A decision that is not there, or not in the state that a request needs. */
export const decisionProblems = {
  "decision.not_found": {
    status: 404,
    title: "There is no such decision",
    detail:
      "Check the decision's id; GET /api/v1/decisions lists them. What was never opened is there for a key of its owner alone.",
  },
  "region.not_found": {
    status: 404,
    title: "The decision has no such region",
    detail: "GET the decision for the codes of its regions.",
  },
  "shard.not_found": {
    status: 404,
    title: "The decision has no such shard",
    detail: "GET the decision for the number of its shards; they count from 0.",
  },
  "dead_letter.not_found": {
    status: 404,
    title: "There is no such dead letter",
    detail:
      "GET /api/v1/dead-letters lists them; one whose ballot its shard never accepted was dropped.",
  },
  "dead_letter.replayable": {
    status: 409,
    title: "The dead letter can be replayed",
    detail: "Replay it once its cause is mended; only what can't be read may be dismissed.",
  },
  "decision.exists": {
    status: 409,
    title: "Another decision has this id",
    detail: "Choose another id, or leave it out.",
  },
  "decision.not_draft": {
    status: 409,
    title: "The decision is no longer a draft",
    detail: "Its manifest is frozen; create another decision.",
  },
  "decision.changed": {
    status: 412,
    title: "The draft has changed since it was read",
    detail:
      "Nothing was done. GET the decision, look at what is different, and repeat with its ETag in If-Match.",
  },
  "decision.not_open": {
    status: 409,
    title: "The decision is not open yet",
    detail: "Vote once its window has begun; GET the decision for the time.",
  },
  "placement.invalid": {
    status: 422,
    title: "Voters can't be placed by region like this",
    detail: "Mend what `errors` lists: only a roll says whose region is which.",
  },
  "decision.no_end": {
    status: 409,
    title: "Nothing would end the decision",
    detail: "PATCH `closes_at`, or `ends_early` to `by_organiser`, then open it.",
  },
  "decision.not_over": {
    status: 409,
    title: "The decision may not be closed before its window ends",
    detail:
      "Its manifest does not say that it ends early by its organiser. Wait for `closes_at`, or cancel it.",
  },
  "decision.closed": {
    status: 409,
    title: "The decision takes no more votes",
    detail: "Its window has ended; GET its results.",
  },
  "decision.already_ended": {
    status: 409,
    title: "The decision has already ended",
    detail: "GET the decision for its status.",
  },
  "decision.forgotten": {
    status: 410,
    title: "The decision's voters and ballots are forgotten",
    detail:
      "Its `retention` has passed. Its manifest, results, outcome and audit log are there for ever.",
  },
  "decision.not_deletable": {
    status: 409,
    title: "Only a cancelled draft can be deleted",
    detail: "Cancel the draft first; what was opened once stays public.",
  },
  "decision.window_backwards": {
    status: 400,
    title: "The window ends before it begins",
    detail: "Give `closes_at` after `opens_at`; a change of one end is checked with the other.",
  },
  "decision.too_large": {
    status: 413,
    title: "The draft as a whole is too large",
    detail: "Changes add up: shorten what an earlier one has brought, such as names or tables.",
  },
  "decision.extension_pending": {
    status: 503,
    title: "The window has ended, and whether it is extended is being decided",
    detail: "Nothing was counted; repeat the request after the time in Retry-After.",
    retryAfterSeconds: 1,
  },
  "decision.window_passed": {
    status: 409,
    title: "The decision's window has already passed",
    detail: "Give `closes_at` a time to come; PATCH a draft whose end has passed, then open it.",
  },
  "manifest.none": {
    status: 409,
    title: "There is no manifest yet",
    detail: "It is frozen when the decision is opened; GET the decision for its status.",
  },
} satisfies ProblemTable;
