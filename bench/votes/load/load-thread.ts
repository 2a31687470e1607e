import { parentPort } from "node:worker_threads";
import type { LoadJob, LoadResult } from "./load-job.ts";
import { prepareRequests } from "./prepare-requests.ts";
import { runClosedLoop } from "./run-closed-loop.ts";
import { runOpenLoop } from "./run-open-loop.ts";

export type LoadReply = { result: LoadResult } | { error: string };

/**
 * The generator's own thread: Miniflare's host and the bench's bookkeeping must not delay a request
 * that is due.
 */
async function runJob(job: LoadJob): Promise<LoadResult> {
  const requests = await prepareRequests(job.plan);
  const { pace } = job;
  return pace.kind === "open" ? runOpenLoop(job, pace, requests) : runClosedLoop(job, requests);
}

parentPort?.on("message", (job: LoadJob) => {
  void runJob(job).then(
    (result) => parentPort?.postMessage({ result } satisfies LoadReply, []),
    (error: unknown) => parentPort?.postMessage({ error: String(error) } satisfies LoadReply, []),
  );
});
