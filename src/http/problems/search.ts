import { limits } from "../../shared/limits.ts";
import type { ProblemTable } from "./problem-table.ts";

/** Searches and statistics that can't be answered. */
export const searchProblems = {
  "search.off": {
    status: 404,
    title: "This deployment has no search",
    detail: "GET /api/v1/decisions lists all decisions, page by page.",
  },
  "search.unavailable": {
    status: 503,
    title: "The search index did not answer",
    detail:
      "Votes, results and lists go on without it; repeat the request after the time in Retry-After. `/readyz` says what is wrong.",
    retryAfterSeconds: 5,
  },
  "search.no_words": {
    status: 400,
    title: "There is no word in what was asked for",
    detail: "Ask for words of letters or digits, or leave `q` out to find all.",
  },
  "search.too_deep": {
    status: 400,
    title: "The page lies too deep",
    detail: `The first ${limits.searchHitsMax} are paged through: ask for more words or fewer values, or list all decisions with GET /api/v1/decisions.`,
  },
  "search.reindex_not_begun": {
    status: 409,
    title: "No such reindex is under way",
    detail: "Somebody has begun anew since, or nothing was begun: begin again without `after`.",
  },
} satisfies ProblemTable;
