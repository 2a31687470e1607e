import type { Miniflare } from "miniflare";

const everyMs = 60_000;

/** Fires the Worker's cron trigger now and every minute, which Miniflare itself never does. Returns how to end it. */
export function keepTime(
  miniflare: Miniflare,
  workerName: string,
  log: (line: string) => void,
): () => void {
  const fire = async (): Promise<void> => {
    try {
      const worker = await miniflare.getWorker(workerName);
      await worker.scheduled({ cron: "* * * * *" });
    } catch (error) {
      log(`the cron trigger failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  void fire();
  const timer = setInterval(() => void fire(), everyMs).unref();
  return () => clearInterval(timer);
}
