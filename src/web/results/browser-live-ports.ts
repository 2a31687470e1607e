import { decisionResource } from "../api/queries.ts";
import { readResource, type ReadApi } from "../api/read-api.ts";
import type { ApiResults } from "../contract.ts";
import type { LivePorts } from "./live-results.ts";

/** How a decision's result is followed with this browser's own stream, clock and timers. */
export function browserLivePorts(ask: ReadApi, decisionId: string): LivePorts {
  return {
    readResults: () => readResource<ApiResults>(ask, decisionResource(decisionId, "/results")),
    openStream: (since) =>
      new EventSource(decisionResource(decisionId, `/results/stream?since=${since}`)),
    now: () => Date.now(),
    random: () => Math.random(),
    setTimer: (act, ms) => window.setTimeout(act, ms),
    clearTimer: (timer) => window.clearTimeout(timer),
  };
}
