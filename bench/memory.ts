import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { alignColumns } from "../src/cli/command-line/align-columns.ts";
import { wholeNumber } from "../src/cli/command-line/option-values.ts";
import { exitStatus, runMain } from "../src/cli/command-line/usage-error.ts";
import { projectRoot } from "../scripts/local-platform/project.ts";
import { fillShard, type MemoryRow } from "./memory/fill-shard.ts";

/** Half of what Cloudflare gives an isolate. */
const shardBytesMax = 64 * 1_024 * 1_024;

/**
 * `npm run bench:memory [-- --voters <n>]`: what a shard with so many voters holds in memory more
 * than one with a single voter. Fails above 64 MiB.
 */
await runMain(async () => {
  const { values } = parseArgs({ options: { voters: { type: "string" } } });
  const bounds = { min: 100_000, max: 100_000_000, otherwise: 1_000_000 };
  const voters = wholeNumber("voters", values.voters, bounds);
  const localFolder = join(projectRoot, ".local");
  mkdirSync(localFolder, { recursive: true });
  const stateFolder = mkdtempSync(join(localFolder, "bench-memory-"));
  const startedAt = new Date().toISOString();
  try {
    const rows = await fillShard({ voters, stateFolder, log: (line) => console.error(line) });
    const [empty] = rows;
    if (empty === undefined) throw new Error("nothing was measured");
    const held = ({ heapBytes, bufferBytes }: MemoryRow): number => heapBytes + bufferBytes;
    const most = Math.max(...rows.map((row) => held(row) - held(empty)));
    const head = ["voters", "heap MiB", "buffers MiB", "more than with one MiB", "process MiB"];
    const lines = rows.map((row) => [
      row.voters.toLocaleString("en-GB"),
      ...[row.heapBytes, row.bufferBytes, held(row) - held(empty), row.residentBytes].map(
        mebibytes,
      ),
    ]);
    console.log(alignColumns([head, ...lines]).join("\n"));
    const isMet = most <= shardBytesMax;
    const aim = `at most ${mebibytes(shardBytesMax)} MiB more: ${isMet ? "met" : "missed"}`;
    console.log(`\n${startedAt}, ${aim}, load ${(loadavg()[0] ?? 0).toFixed(1)} after`);
    return isMet ? exitStatus.ok : exitStatus.differences;
  } finally {
    rmSync(stateFolder, { recursive: true, force: true });
  }
});

function mebibytes(bytes: number): string {
  return (bytes / 1_024 / 1_024).toFixed(1);
}
