import type { ApiDecisionStatus } from "../contract.ts";

/** Whether a decision in this status can have ballots to show. */
export function hasResults(status: ApiDecisionStatus): boolean {
  return status === "open" || status === "closing" || isOver(status);
}

/** Whether the last word is said and the outcome stands. */
export function isOver(status: ApiDecisionStatus): boolean {
  return status === "closed" || status === "certified";
}
