import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { folderSource } from "../src/cli/verify/folder-source.ts";
import { verifyPublished } from "../src/verification/verify-published.ts";
import { makePublication } from "./verify/make-publication.ts";

// How long a publication of so many votes is verified for, and in how much memory:
// node bench/verify.ts --votes 870109
const { values } = parseArgs({
  options: { votes: { type: "string", default: "870109" }, measure: { type: "boolean" } },
});
const votes = Number(values.votes);
const folder = join(".local", "bench", `publication-${votes}`);

if (values.measure === true) await measure();
else {
  if (!existsSync(folder)) makePublication(folder, votes);
  // A process of its own: what made the publication is not in its memory.
  const { status } = spawnSync(
    process.execPath,
    [import.meta.filename, "--votes", values.votes, "--measure"],
    {
      stdio: "inherit",
    },
  );
  process.exitCode = status ?? 1;
}

async function measure(): Promise<void> {
  const before = process.memoryUsage().rss;
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  const { report } = await verifyPublished(folderSource(folder));
  const ms = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  const codes = Object.keys(report.findingCounts).filter((code) => !code.startsWith("rule."));
  console.log(`rows        ${report.rows.counted}, ${(report.bytes / 1e6).toFixed(0)} MB`);
  console.log(
    `time        ${(ms / 1_000).toFixed(1)} s, ${((user + system) / 1e6).toFixed(1)} s of CPU`,
  );
  console.log(
    `memory      ${(process.resourceUsage().maxRSS / 1_024).toFixed(0)} MB at most, ${(before / 2 ** 20).toFixed(0)} MB of it before`,
  );
  // The outcome says nothing of requirements and sentences.
  console.log(
    codes.length === 0 ? "nothing is wrong with the lists" : `WRONG: ${codes.join(", ")}`,
  );
  process.exitCode = codes.length === 0 ? 0 : 1;
}
