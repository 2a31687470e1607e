import { join } from "node:path";
import { startScript, toArguments, type Child } from "./child.ts";
import type { KillablePlatform } from "./platform.ts";

const extract = "test/data/un-extract";

/**
 * The files of one replay: they outlive its processes, as a replay that is run again finds its own.
 */
export type ReplayFiles = { prefix: string; shards: number; journal: string; receipts: string };

/**
 * The files of a campaign's n-th replay. Its decisions have one shard, in the object of their room,
 * and every second time three by themselves.
 */
export function replayFiles(folder: string, n: number): ReplayFiles {
  const prefix = `kill-${n}`;
  return {
    prefix,
    shards: n % 2 === 0 ? 1 : 3,
    journal: join(folder, `${prefix}.journal`),
    receipts: join(folder, `${prefix}.receipts.ndjson`),
  };
}

/** Starts a replay of the extract, or runs it again, and returns when it has begun to send. */
export async function startReplay(platform: KillablePlatform, files: ReplayFiles): Promise<Child> {
  const child = startScript("src/cli/enviro.ts", [
    "replay",
    ...toArguments({
      on: platform.origin,
      key: platform.adminKey,
      votes: join(extract, "votes.csv"),
      "roll-calls": join(extract, "roll_calls.csv"),
      voters: join(extract, "voters.csv"),
      prefix: files.prefix,
      shards: String(files.shards),
      journal: files.journal,
      receipts: files.receipts,
      // Small batches and few decisions at a time: more moments at which a kill can fall between
      // two steps.
      batch: "50",
      concurrency: "3",
    }),
  ]);
  await child.line(/^replaying /);
  return child;
}

/**
 * Waits for the end of a replay that nobody disturbs any more: every vote acknowledged, every
 * result as the file says.
 */
export async function finishReplay(child: Child, prefix: string): Promise<void> {
  const status = await child.exited;
  if (status !== 0)
    throw new Error(`replay ${prefix} ended with ${status ?? "a signal"}:\n${child.lastLines()}`);
}
