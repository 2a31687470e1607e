import { formatAge, formatClock, formatMoment } from "../page/format.js";
import { ageMs } from "./server-clock.js";

/**
 * @import { Connection } from "./live-results.js"
 * @import { HeldResults } from "./merge-results.js"
 * @import { ServerClock } from "./server-clock.js"
 */

/**
 * In words, whether the result still moves.
 * @param {Connection} connection
 * @param {number} now local time in ms
 */
export function connectionWords(connection, now) {
  if (connection.kind === "final") return "Final";
  if (connection.kind === "live") return "Live";
  if (connection.kind === "connecting") return "Connecting";
  const seconds = Math.max(1, Math.ceil((connection.until - now) / 1_000));
  return `Not live, next try in ${seconds} s`;
}

/**
 * @typedef {object} Freshness
 * @property {HeldResults} results
 * @property {ServerClock} clock
 * @property {number} now local time in ms
 * @property {string} [timeZone]
 */

/**
 * In words, how fresh the result is. A final one needs its day, since it may be years old; its age
 * says nothing.
 * @param {Freshness} freshness
 */
export function freshnessWords({ results, clock, now, timeZone }) {
  if (results.final) return `as of ${formatMoment(results.as_of, timeZone)}`;
  const age = ageMs(clock, results.as_of, now);
  return `as of ${formatClock(results.as_of, timeZone)}, ${formatAge(age)}`;
}
