import type { Miniflare } from "miniflare";

type Schedulable = { scheduled(event: { cron: string }): Promise<unknown> };

const everyMs = 60_000;

/** Fires the Worker's cron trigger once, which Miniflare itself never does; ends with its work. */
export async function fireCron(miniflare: Miniflare, workerName: string): Promise<void> {
  // Miniflare's types leave out what its Workers have besides `fetch`
  // (developers.cloudflare.com, "Miniflare: Scheduled events").
  const worker = (await miniflare.getWorker(workerName)) as unknown as Schedulable;
  await worker.scheduled({ cron: "* * * * *" });
}

/** Fires the cron trigger now and every minute. Returns how to end it. */
export function keepTime(
  miniflare: Miniflare,
  workerName: string,
  log: (line: string) => void,
): () => void {
  const fire = async (): Promise<void> => {
    try {
      await fireCron(miniflare, workerName);
    } catch (error) {
      log(`the cron trigger failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  void fire();
  const timer = setInterval(() => void fire(), everyMs).unref();
  return () => clearInterval(timer);
}
