import { fileURLToPath } from "node:url";
import { readFileSync } from "node:fs";
import {
  startMiniflare,
  type MiniflareHost,
} from "../../scripts/local-platform/start-miniflare.ts";
import type { LoadGenerator } from "./load/load-generator.ts";
import type { LoadResult, Pace, RequestPlan } from "./load/load-job.ts";
import { closedLoopConnections, openLoopConnections, type BenchSettings } from "./settings.ts";
import { sum } from "./row.ts";

const workerFile = fileURLToPath(new URL("echo-worker.mjs", import.meta.url));
export const echoCompatibilityDate = "2026-11-01";

export type EchoGauge = {
  hello(): Promise<LoadResult>;
  /** The echo at a share of the rate it holds: the latency that the runtime alone gives. */
  onSchedule(share: number): Promise<LoadResult>;
  /** Does some work and says what the runtime echoed a second just before and after it. */
  around<T>(work: () => Promise<T>): Promise<{ result: T; echoPerSecond: number }>;
  /** All echo runs so far. */
  runs(): LoadResult[];
  meanPerSecond(): number;
  stop(): Promise<void>;
};

/**
 * Measures what the same runtime does when it has nothing to do but parse and write a vote's JSON.
 * The machine's speed changes by the minute, so a rate is compared with the echo around it and not
 * with one from another hour.
 */
export async function startEchoGauge(
  load: LoadGenerator,
  settings: BenchSettings,
  log: (line: string) => void,
): Promise<EchoGauge> {
  const host = await startEcho(log);
  const closed: Pace = { kind: "closed", connections: closedLoopConnections };
  const measure = (plan: RequestPlan, pace: Pace = closed, measureMs = settings.echoMs) =>
    load.run({ origin: host.origin, plan, pace, warmUpMs: settings.warmUpMs, measureMs });
  const runs: LoadResult[] = [];
  const measureEcho = async (): Promise<LoadResult> => {
    const run = await measure({ kind: "echo" });
    runs.push(run);
    return run;
  };
  return {
    hello: () => measure({ kind: "hello" }),
    onSchedule: (share) => {
      const perSecond = meanPerSecond(runs) * share;
      const pace: Pace = { kind: "open", connections: openLoopConnections, perSecond };
      return measure({ kind: "echo" }, pace, settings.openLoopMs);
    },
    around: async (work) => {
      const before = runs.at(-1) ?? (await measureEcho());
      const result = await work();
      const both = [before, await measureEcho()];
      return { result, echoPerSecond: meanPerSecond(both) };
    },
    runs: () => runs,
    meanPerSecond: () => meanPerSecond(runs),
    stop: () => host.stop(),
  };
}

/** The runtime, with nothing but the echo in it. */
export function startEcho(log: (line: string) => void): Promise<MiniflareHost> {
  const modules = [
    { type: "ESModule" as const, path: "echo.mjs", contents: readFileSync(workerFile, "utf8") },
  ];
  return startMiniflare({
    worker: { name: "echo", modules, compatibilityDate: echoCompatibilityDate },
    port: 0,
    log,
  });
}

function meanPerSecond(runs: readonly LoadResult[]): number {
  return sum(runs, (run) => run.requests) / sum(runs, (run) => run.measuredSeconds);
}
