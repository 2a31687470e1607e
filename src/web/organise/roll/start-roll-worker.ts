import { trustWorker } from "../../workers/trust-worker.ts";
import type { RollWorkerThread } from "./roll-reader.ts";
// The build gives it a default export: the address of the built script.
// oxlint-disable-next-line import/default
import workerAddress from "./roll-worker.ts?worker&url";

/** Starts the Web Worker that reads files. */
export function startRollWorker(): RollWorkerThread {
  return new Worker(trustWorker(workerAddress), { type: "module", name: "roll" });
}
