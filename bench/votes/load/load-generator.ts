import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { LoadJob, LoadResult } from "./load-job.ts";
import type { LoadReply } from "./load-thread.ts";

export type LoadGenerator = {
  /** Runs one job at a time. */
  run(job: LoadJob): Promise<LoadResult>;
  stop(): Promise<void>;
};

export function startLoadGenerator(): LoadGenerator {
  const thread = new Worker(new URL("load-thread.ts", import.meta.url));
  return {
    run: async (job) => {
      const answered = once(thread, "message");
      thread.postMessage(job, []);
      // The thread posts nothing else.
      const [reply] = (await answered) as [LoadReply];
      if ("error" in reply) throw new Error(`the load generator failed: ${reply.error}`);
      return reply.result;
    },
    stop: async () => {
      await thread.terminate();
    },
  };
}
