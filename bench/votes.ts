import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { describeDifferences } from "./votes/check-record.ts";
import { formatReport } from "./votes/format-report.ts";
import { benchRollImport } from "./votes/roll-import.ts";
import { formatRollBench } from "./votes/format-report.ts";
import { formatPeers } from "./peers/format-peers.ts";
import { runPeers } from "./peers/run-peers.ts";
import { formatReads } from "./reads/format-reads.ts";
import { runReads } from "./reads/run-reads.ts";
import { formatProfiles } from "./profile/format-profiles.ts";
import { runProfiles } from "./profile/run-profiles.ts";
import { runBench } from "./votes/run-bench.ts";
import { fullSettings, quickSettings, shardsDefault } from "./votes/settings.ts";
import { wholeNumber } from "../src/cli/command-line/option-values.ts";
import { exitStatus, runMain } from "../src/cli/command-line/usage-error.ts";
import { projectRoot } from "../scripts/local-platform/project.ts";

/**
 * `npm run bench [-- --quick] [--shards <n>] [--json <file>]`, or `-- --roll <voters>`, or
 * `-- --peers [--quick] [--rounds <n>] [--only <part of a name>]`: every figure in one run, and every vote counted. Or
 * `-- --reads [--quick] [--rounds <n>]`: results beside the echo. Or `-- --profile`: where the time
 * of a vote goes, as flame graphs.
 */
await runMain(async () => {
  const { values } = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      shards: { type: "string" },
      json: { type: "string" },
      roll: { type: "string" },
      peers: { type: "boolean", default: false },
      reads: { type: "boolean", default: false },
      profile: { type: "boolean", default: false },
      rounds: { type: "string" },
      only: { type: "string", default: "" },
    },
  });
  const shards = wholeNumber("shards", values.shards, {
    min: 1,
    max: 64,
    otherwise: shardsDefault,
  });
  const settings = values.quick ? quickSettings : fullSettings;
  // Beside the project and not in /tmp, which is memory on some machines: a vote costs a write to a
  // disk.
  const localFolder = join(projectRoot, ".local");
  mkdirSync(localFolder, { recursive: true });
  const stateFolder = mkdtempSync(join(localFolder, "bench-"));
  const startedAt = new Date().toISOString();
  try {
    const log = (line: string): void => console.error(line);
    if (values.roll !== undefined) {
      const voters = wholeNumber("roll", values.roll, { min: 1, max: 2_000_000, otherwise: 0 });
      console.log(formatRollBench(await benchRollImport({ voters, shards, stateFolder, log })));
      return exitStatus.ok;
    }
    if (values.profile) {
      console.log(
        formatProfiles(await runProfiles({ settings, only: values.only, stateFolder, log })),
      );
      return exitStatus.ok;
    }
    if (values.peers || values.reads) {
      const rounds = wholeNumber("rounds", values.rounds, { min: 1, max: 99, otherwise: 3 });
      const options = { settings, rounds, only: values.only, stateFolder, log };
      const report = await (values.reads ? runReads(options) : runPeers(options));
      console.log(values.reads ? formatReads(report.rows) : formatPeers(report.rows));
      const [before, after] = report.loadAverages;
      const loads = `load ${before.toFixed(1)} before, ${after.toFixed(1)} after`;
      console.log(`\n${startedAt}, ${rounds} rounds, ${loads}`);
      if (values.json !== undefined) {
        const written = { startedAt, node: process.version, settings, ...report };
        writeFileSync(values.json, `${JSON.stringify(written, null, 2)}\n`);
      }
      return exitStatus.ok;
    }
    const result = await runBench({ settings, shards, stateFolder, log });
    const differences = result.checks.flatMap(describeDifferences);
    console.log(formatReport(result));
    for (const difference of differences) console.log(`DIFFERENCE ${difference}`);
    if (values.json !== undefined) {
      const machine = cpus().map((cpu) => cpu.model);
      const report = { startedAt, machine, node: process.version, settings, shards, ...result };
      writeFileSync(values.json, `${JSON.stringify({ ...report, differences }, null, 2)}\n`);
    }
    return differences.length === 0 ? exitStatus.ok : exitStatus.differences;
  } finally {
    rmSync(stateFolder, { recursive: true, force: true });
  }
});
