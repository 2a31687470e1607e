/**
 * @import { ApiDecisionStatus } from "../../contract.ts"
 * @typedef {{ kind: "list", status: ApiDecisionStatus | null }} ListRoute
 * @typedef {{ kind: "decision", id: string, isHall: boolean }} DecisionRoute
 */

/** Statuses that the list can be narrowed to, in the order of a decision's life. */
export const listedStatuses = /** @type {const} */ ([
  "open",
  "scheduled",
  "closed",
  "certified",
  "cancelled",
]);

/**
 * What an address asks for. Everything shareable is in the query: the fragment is kept for a ballot
 * token, which never leaves the browser.
 * @param {string} query
 * @returns {ListRoute | DecisionRoute}
 */
export function readRoute(query) {
  const parameters = new URLSearchParams(query);
  const id = parameters.get("decision");
  if (id !== null && id !== "") {
    return { kind: "decision", id, isHall: parameters.get("view") === "hall" };
  }
  const status = listedStatuses.find((listed) => listed === parameters.get("status"));
  return { kind: "list", status: status ?? null };
}

/** @param {ApiDecisionStatus | null} [status] */
export function listAddress(status) {
  return status ? `/?${new URLSearchParams({ status })}` : "/";
}

/**
 * @param {string} id
 * @param {"page" | "hall"} [view]
 */
export function decisionAddress(id, view = "page") {
  return `/?${new URLSearchParams(view === "hall" ? { decision: id, view } : { decision: id })}`;
}

/**
 * The address of an API resource below a decision.
 * @param {string} id
 * @param {string} [rest]
 */
export function decisionResource(id, rest = "") {
  return `/api/v1/decisions/${encodeURIComponent(id)}${rest}`;
}
