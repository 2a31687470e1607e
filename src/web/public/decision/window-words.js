import { formatMoment, formatRemaining } from "../page/format.js";

/** @import { ApiDecision } from "../../contract.ts" */

/**
 * The one thing about a decision's window that matters now, in words.
 * @param {Pick<ApiDecision, "status" | "opens_at" | "closes_at" | "extension">} decision
 * @param {number} now the server's time in ms
 * @param {string} [timeZone]
 */
export function windowWords(decision, now, timeZone) {
  const { status, opens_at: opensAt, closes_at: closesAt } = decision;
  if (status === "draft") return "Not opened yet";
  if (status === "cancelled") return "Ended without a result";
  if (status === "closing") return "Voting has ended; the last ballots are being counted";
  if (status === "closed") return "Voting has ended";
  if (status === "certified") return "Voting has ended; the public copies were counted again";
  if (status === "scheduled") {
    if (opensAt === null) return "Not opened yet";
    return `Opens ${formatMoment(opensAt, timeZone)}${remaining(opensAt, now)}`;
  }
  if (closesAt === null) return "Open until the organiser closes it";
  if (decision.extension?.extended === false && now >= Date.parse(closesAt))
    return "The end has come; whether voting is extended is being decided";
  return `Closes ${formatMoment(closesAt, timeZone)}${remaining(closesAt, now)}`;
}

/**
 * @param {string} moment
 * @param {number} now
 */
function remaining(moment, now) {
  const ms = Date.parse(moment) - now;
  return ms > 0 ? `, in ${formatRemaining(ms)}` : "";
}
