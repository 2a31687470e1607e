import { spawnSync } from "node:child_process";
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { exitStatus, runMain } from "../src/cli/command-line/usage-error.ts";

interface Part {
  title: string;
  /** The file beside this one, and its options. */
  full: string;
  quick: string;
}

const parts: readonly Part[] = [
  {
    title: "Votes, beside what one would write first",
    full: "votes.ts --peers",
    quick: "votes.ts --peers --quick",
  },
  {
    title: "Results, beside the echo",
    full: "votes.ts --reads",
    quick: "votes.ts --reads --quick",
  },
  {
    title: "Watchers",
    full: "watchers.ts --streams 2000 --sockets 2000 --rate 300",
    quick: "watchers.ts --streams 200 --sockets 200 --rate 100 --seconds 6",
  },
  {
    title: "What a full shard holds",
    full: "memory.ts",
    quick: "memory.ts --voters 100000",
  },
];

/**
 * `npm run bench:all [-- --quick]`: rates, latencies and memory in one run, one part after another.
 * Each part holds its counts equal; where one fails the others still run.
 */
await runMain(async () => {
  const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
  const failed: string[] = [];
  for (const { title, full, quick } of parts) {
    const [file = "", ...options] = (values.quick ? quick : full).split(" ");
    console.log(`\n## ${title}\n\n${new Date().toISOString()}, load ${loadavg()[0]?.toFixed(1)}\n`);
    const path = fileURLToPath(new URL(file, import.meta.url));
    const { status } = spawnSync(process.execPath, [path, ...options], { stdio: "inherit" });
    if (status !== exitStatus.ok) failed.push(title);
  }
  for (const title of failed) console.error(`FAILED: ${title}`);
  return failed.length === 0 ? exitStatus.ok : exitStatus.differences;
});
