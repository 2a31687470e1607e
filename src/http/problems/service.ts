import type { ProblemTable } from "./problem-table.ts";

/** The service itself: no room, no answer, or a fault of ours. */
export const serviceProblems = {
  "shard.overloaded": {
    status: 503,
    title: "Too many votes at once",
    detail: "Nothing was counted; repeat the request after the time in Retry-After.",
    retryAfterSeconds: 1,
  },
  "shard.unavailable": {
    status: 503,
    title: "The votes' record did not answer",
    detail: "Repeat the request: a vote that was counted is not counted again.",
    retryAfterSeconds: 1,
  },
  "database.unavailable": {
    status: 503,
    title: "The database did not answer",
    detail:
      "Votes and results go on without it; repeat the request after the time in Retry-After. `/readyz` says what is wrong.",
    retryAfterSeconds: 5,
  },
  "service.updating": {
    status: 503,
    title: "The service is being updated",
    detail:
      "Two releases run side by side for now; repeat the request after the time in Retry-After.",
    retryAfterSeconds: 5,
  },
  "service.unknown": {
    status: 503,
    title: "Nobody knows yet how the service does",
    detail: "Another look at it still runs; repeat the request after the time in Retry-After.",
    retryAfterSeconds: 1,
  },
  "service.misconfigured": {
    status: 503,
    title: "This deployment lacks something",
    detail: "A secret or a variable of it is missing or of no use; its log names it.",
    retryAfterSeconds: 60,
  },
  "server.error": {
    status: 500,
    title: "Something broke on our side",
    detail: "It has been reported. Repeating the request is safe.",
  },
} satisfies ProblemTable;
