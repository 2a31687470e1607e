import { trustWorker } from "../workers/trust-worker.ts";
import type { VerificationWorker } from "./run-verification.ts";
// The build gives it a default export: the address of the built script.
// oxlint-disable-next-line import/default
import workerAddress from "./verification-worker.ts?worker&url";

/** Starts the Web Worker that verifies. */
export function startVerificationWorker(): VerificationWorker {
  return new Worker(trustWorker(workerAddress), { type: "module", name: "verification" });
}
