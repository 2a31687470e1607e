import type { ProblemTable } from "./problem-table.ts";

/** A shard that is to be taken back to an earlier time. */
export const recoveryProblems = {
  "recovery.unavailable": {
    status: 501,
    title: "The platform keeps no earlier states here",
    detail:
      "Point-in-time recovery is Cloudflare's own; the local runtime has none. A backup can be restored into an empty deployment.",
  },
  "recovery.not_open": {
    status: 409,
    title: "Voting is not open",
    detail:
      "A shard is taken back while votes are taken alone: what has closed has a final result.",
  },
  "recovery.out_of_range": {
    status: 422,
    title: "There is no such time to go back to",
    detail: "Give a time after the decision's opening, within the last 30 days, and not to come.",
  },
} satisfies ProblemTable;
