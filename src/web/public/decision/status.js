import { element } from "../page/element.js";

/** @import { ApiDecisionStatus } from "../../contract.ts" */

/** @type {Record<ApiDecisionStatus, string>} */
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
 * @param {ApiDecisionStatus} status
 */
export function statusBadge(status) {
  return element("span", { class: "status", "data-status": status }, statusWords[status]);
}

/**
 * Whether a decision in this status can have ballots to show.
 * @param {ApiDecisionStatus} status
 */
export function hasResults(status) {
  return status === "open" || status === "closing" || isOver(status);
}

/**
 * Whether the last word is said and the outcome stands.
 * @param {ApiDecisionStatus} status
 */
export function isOver(status) {
  return status === "closed" || status === "certified";
}
