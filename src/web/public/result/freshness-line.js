import { element, setText } from "../page/element.js";
import { connectionWords, freshnessWords } from "./freshness.js";

/**
 * @import { Connection } from "./live-results.js"
 * @import { HeldResults } from "./merge-results.js"
 * @import { ServerClock } from "./server-clock.js"
 */

/** The line that says how fresh a result is. It ticks, so screen readers are not told of each tick. */
export function freshnessLine() {
  const dot = element("span", { class: "pulse", "aria-hidden": "true" });
  const connection = element("span", { class: "connection" });
  const freshness = element("time", { class: "as-of" });
  const node = element("p", { class: "freshness" }, dot, connection, freshness);

  return {
    node,
    /**
     * @param {Connection} state
     * @param {HeldResults | null} results
     * @param {ServerClock} clock
     * @param {number} now local time in ms
     */
    show(state, results, clock, now) {
      node.dataset.connection = state.kind;
      setText(connection, connectionWords(state, now));
      if (results === null) return;
      if (freshness.dateTime !== results.as_of) freshness.dateTime = results.as_of;
      setText(freshness, freshnessWords(results, clock, now));
    },
  };
}
