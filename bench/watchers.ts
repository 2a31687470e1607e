import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { projectRoot } from "../scripts/local-platform/project.ts";
import { wholeNumber } from "../src/cli/command-line/option-values.ts";
import { exitStatus, runMain } from "../src/cli/command-line/usage-error.ts";
import { formatWatched } from "./watchers/format-watched.ts";
import { runBare } from "./watchers/run-bare.ts";
import { runWatchers } from "./watchers/run-watchers.ts";

/** What a vote may take from when it was due until a watcher sees it, at the 99th percentile. */
const aimMs = 300;

/**
 * `npm run bench:watchers [-- --streams <n>] [--sockets <n>] [--rate <votes/s>] [--seconds <s>]
 * [--shards <n>]`: how long a vote takes from when it was due until watchers of a roll call see it.
 * Without `--shards` with one and with four. Before it what the runtime alone needs to tell as many.
 */
await runMain(async () => {
  const { values } = parseArgs({
    options: {
      streams: { type: "string" },
      sockets: { type: "string" },
      rate: { type: "string" },
      seconds: { type: "string" },
      shards: { type: "string" },
    },
  });
  const number = (name: "streams" | "sockets" | "rate" | "seconds", otherwise: number): number =>
    wholeNumber(name, values[name], { min: 1, max: 100_000, otherwise });
  const shards = wholeNumber("shards", values.shards, { min: 1, max: 64, otherwise: 0 });
  const localFolder = join(projectRoot, ".local");
  mkdirSync(localFolder, { recursive: true });
  const stateFolder = mkdtempSync(join(localFolder, "bench-"));
  try {
    const options = {
      watchers: { stream: number("streams", 5_000), socket: number("sockets", 5_000) },
      measureMs: number("seconds", 20) * 1_000,
      log: (line: string) => console.error(line),
    };
    const runs = [
      await runBare(options),
      ...(await runWatchers({
        ...options,
        shards: shards === 0 ? [1, 4] : [shards],
        votesASecond: number("rate", 1_000),
        stateFolder,
      })),
    ];
    console.log(formatWatched(runs, aimMs));
    return exitStatus.ok;
  } finally {
    rmSync(stateFolder, { recursive: true, force: true });
  }
});
