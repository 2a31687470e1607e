import { read } from "../page/api.js";
import { decisionResource } from "../page/route.js";

/** @import { ApiDecision } from "../../contract.ts" */

/** The screens that wait for one opening ask within this time of each other, not in one instant. */
const spreadMs = 4_000;
/** The longest that a browser's timer can wait. */
const timerMsMax = 2 ** 31 - 1;

/**
 * Asks again once a scheduled decision is due, until it is not scheduled any more.
 * @param {ApiDecision} decision
 * @param {(decision: ApiDecision) => void} onChange
 */
export function awaitOpening(decision, onChange) {
  if (decision.status !== "scheduled" || decision.opens_at === null) return;
  const dueMs = Math.max(0, Date.parse(decision.opens_at) - Date.now());
  const waitMs = Math.min(timerMsMax, dueMs + 500 + Math.random() * spreadMs);
  const ask = async () => {
    /** @type {ApiDecision} */
    const latest = await read(decisionResource(decision.id)).catch(() => decision);
    if (latest.status === "scheduled") awaitOpening(latest, onChange);
    else onChange(latest);
  };
  setTimeout(() => void ask(), waitMs);
}
