import { readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startMiniflare } from "../../scripts/local-platform/start-miniflare.ts";
import { cpuSecondsOf } from "../hostile/process-cost.ts";
import { echoCompatibilityDate } from "../votes/echo-gauge.ts";
import type { WatchedRun } from "./run-watchers.ts";
import { startWatchers, type WatcherCounts } from "./watchers-child.ts";

const workerFile = fileURLToPath(new URL("bare-room.mjs", import.meta.url));
/** Enough for ten thousand, one after another. */
const betweenMs = 2_000;

export interface BareOptions {
  watchers: WatcherCounts;
  measureMs: number;
  log: (line: string) => void;
}

/**
 * The runtime alone with the same watchers: no votes and no results, a message to all once in a
 * while. No room can be sooner in one thread.
 */
export async function runBare({ watchers, measureMs, log }: BareOptions): Promise<WatchedRun> {
  const modules = [
    { type: "ESModule" as const, path: "room.mjs", contents: readFileSync(workerFile, "utf8") },
  ];
  const durableObjects = { ROOM: { className: "BareRoom", useSQLite: true } };
  const host = await startMiniflare({
    worker: {
      name: "bare",
      modules,
      compatibilityDate: echoCompatibilityDate,
      compatibilityFlags: ["no_web_socket_compression"],
      durableObjects,
    },
    port: 0,
    log,
  });
  const child = startWatchers();
  try {
    log(`the runtime alone: opening ${watchers.stream} streams and ${watchers.socket} sockets`);
    await child.open(host.origin, "bare", watchers);
    const messages = Math.ceil(measureMs / betweenMs);
    const cpuBefore = cpuSecondsOf(host.process.pid);
    const startedAt = performance.timeOrigin + performance.now();
    for (let message = 0; message < messages; message += 1) {
      const dueAt = startedAt + message * betweenMs;
      await sleep(Math.max(0, dueAt - performance.timeOrigin - performance.now()));
      await fetch(new URL("/tell", host.origin), { method: "POST" });
    }
    await sleep(betweenMs);
    const cpuSeconds = cpuSecondsOf(host.process.pid) - cpuBefore;
    const schedule = { startedAt, perSecond: 1_000 / betweenMs, from: 0, to: messages };
    const told = messages * (watchers.stream + watchers.socket);
    return {
      name: "the runtime alone",
      ...(await child.report(schedule, messages)),
      voted: null,
      votes: messages,
      processorMicrosecondsAMessage: (cpuSeconds / told) * 1e6,
      runtimeUtilization: cpuSeconds / ((messages * betweenMs) / 1_000),
      loadAverage: loadavg()[0] ?? 0,
    };
  } finally {
    child.stop();
    await host.stop();
  }
}
