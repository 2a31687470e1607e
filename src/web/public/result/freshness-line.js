import { element, setText } from "../page/element.js";
import { connectionWords, freshnessWords } from "./freshness.js";

/**
 * @import { Connection } from "./live-results.js"
 * @import { HeldResults } from "./merge-results.js"
 * @import { ServerClock } from "./server-clock.js"
 */

/**
 * @typedef {object} LineState
 * @property {Connection} connection
 * @property {HeldResults | null} results
 * @property {ServerClock} clock
 * @property {number} now local time in ms
 */

/**
 * The line that says how fresh a result is. It ticks, so screen readers are not told of each tick.
 */
export function freshnessLine() {
  const dot = element("span", { class: "pulse", "aria-hidden": "true" });
  const state = element("span", { class: "connection" });
  const freshness = element("time", { class: "as-of" });
  const node = element("p", { class: "freshness" }, dot, state, freshness);

  return {
    node,
    /** @param {LineState} line */
    show({ connection, results, clock, now }) {
      node.dataset.connection = connection.kind;
      setText(state, connectionWords(connection, now));
      if (results === null) return;
      if (freshness.dateTime !== results.as_of) freshness.dateTime = results.as_of;
      setText(freshness, freshnessWords({ results, clock, now }));
    },
  };
}
