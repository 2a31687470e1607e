import { isOver } from "./status.js";

/** @import { ApiDecision } from "../../contract.ts" */

/**
 * When a decision closes or closed, as far as that is known: a moment, or words in its place.
 * @param {Pick<ApiDecision, "status" | "closes_at" | "closed_at">} decision
 * @returns {{ name: string, at: string } | { name: string, words: string }}
 */
export function closingFact({ status, closes_at: closesAt, closed_at: closedAt }) {
  if (closedAt !== null) return { name: "Closed", at: closedAt };
  if (status === "cancelled") return { name: "Closed", words: "Cancelled by the organiser" };
  if (status === "closing" || isOver(status)) return { name: "Closed", words: "Voting has ended" };
  if (closesAt === null) return { name: "Closes", words: "When the organiser closes it" };
  return { name: "Closes", at: closesAt };
}
