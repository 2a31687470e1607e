import { element } from "../page/element.js";

/** @import { DecisionStatus } from "../../contract.ts" */

/** @type {Record<DecisionStatus, string>} */
export const statusWords = {
  draft: "Draft",
  scheduled: "Scheduled",
  open: "Open",
  closing: "Closing",
  closed: "Closed",
  certified: "Certified",
  cancelled: "Cancelled",
};

/**
 * A status as a small mark and a word; the marks differ in shape.
 * @param {DecisionStatus} status
 */
export function statusBadge(status) {
  return element("span", { class: "status", "data-status": status }, statusWords[status]);
}

/**
 * Whether a decision in this status can have ballots to show.
 * @param {DecisionStatus} status
 */
export function hasResults(status) {
  return status === "open" || status === "closing" || isSettled(status);
}

/**
 * Whether the last word is said and the outcome stands.
 * @param {DecisionStatus} status
 */
export function isSettled(status) {
  return status === "closed" || status === "certified";
}
