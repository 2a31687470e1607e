import { read } from "../page/api.js";
import { decisionResource } from "../page/route.js";
import { LiveResults } from "../result/live-results.js";

/**
 * @import { ApiResults } from "../../contract.ts"
 * @import { LiveListener } from "../result/live-results.js"
 */

/**
 * Follows a decision's result with this browser's own stream, clock and timers.
 * @param {string} id
 * @param {LiveListener} listener
 */
export function followResults(id, listener) {
  const live = new LiveResults(
    {
      readResults: () => read(decisionResource(id, "/results")),
      openStream: (since) =>
        new EventSource(decisionResource(id, `/results/stream?since=${since}`)),
      now: () => Date.now(),
      random: () => Math.random(),
      setTimer: (act, ms) => window.setTimeout(act, ms),
      clearTimer: (timer) => window.clearTimeout(timer),
    },
    listener,
  );
  addEventListener("online", () => live.hurry());
  addEventListener("pageshow", () => live.hurry());
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) live.hurry();
  });
  return live;
}
