import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { alignColumns } from "../src/cli/command-line/align-columns.ts";
import { wholeNumber } from "../src/cli/command-line/option-values.ts";
import { exitStatus, runMain, UsageError } from "../src/cli/command-line/usage-error.ts";
import { projectRoot } from "../scripts/local-platform/project.ts";
import { pairedRatios } from "./pairs/paired-ratios.ts";
import { runPairs, type PairedRun } from "./pairs/run-pairs.ts";

/**
 * `npm run bench:pairs -- --with SEARCH=embedded --without SEARCH=none [--pairs <n>]
 * [--at-once <requests a second>] [--shards <n>] [--votes-each <n>]`: platforms that differ in these
 * variables take votes in turn, or at once, so that whatever else the machine does slows all alike. A
 * third one is as the second, so that what these two differ by is known to be chance. 12 pairs take
 * some 10 minutes. `--with-build <folder> --without-build <folder>` compares two builds.
 */
await runMain(async () => {
  const { values } = parseArgs({
    options: {
      with: { type: "string", multiple: true, default: [] },
      without: { type: "string", multiple: true, default: [] },
      pairs: { type: "string" },
      "at-once": { type: "string" },
      "with-build": { type: "string" },
      "without-build": { type: "string" },
      shards: { type: "string" },
      "votes-each": { type: "string" },
    },
  });
  const sides = [
    { variables: readVariables(values.with), buildFolder: values["with-build"] },
    { variables: readVariables(values.without), buildFolder: values["without-build"] },
  ] as const;
  const shards = wholeNumber("shards", values.shards, { min: 1, max: 64, otherwise: 1 });
  const votesEach =
    values["votes-each"] === undefined
      ? null
      : wholeNumber("votes-each", values["votes-each"], { min: 1, max: 1_000, otherwise: 250 });
  const pairs = wholeNumber("pairs", values.pairs, { min: 1, max: 100, otherwise: 12 });
  const atOnce = values["at-once"];
  const atOncePerSecond =
    atOnce === undefined
      ? null
      : wholeNumber("at-once", atOnce, { min: 1, max: 10_000, otherwise: 100 });
  const localFolder = join(projectRoot, ".local");
  mkdirSync(localFolder, { recursive: true });
  const stateFolder = mkdtempSync(join(localFolder, "bench-pairs-"));
  const log = (line: string): void => console.error(line);
  try {
    const asked = { sides, rounds: pairs, shards, votesEach, atOncePerSecond };
    const rounds = await runPairs({ ...asked, stateFolder, log });
    const row = (name: string, of: (run: PairedRun) => number) => [
      name,
      ...pairedRatios(rounds.map(({ one, other, otherAgain }) => [one, other, otherAgain].map(of))),
    ];
    const rows = [
      row("votes a second", ({ votesPerSecond }) => votesPerSecond),
      row("µs of processor a vote", ({ microsecondsAVote }) => microsecondsAVote),
      row("p99 ms, on schedule", ({ p99Ms }) => p99Ms),
    ];
    const ratio = (name: string) => [name, "95 % sure"];
    const head = ["", "with", "without", ...ratio("with/without"), ...ratio("without/without")];
    console.log(alignColumns([head, ...rows]).join("\n"));
    return exitStatus.ok;
  } finally {
    rmSync(stateFolder, { recursive: true, force: true });
  }
});

function readVariables(given: readonly string[]): Record<string, string> {
  const entries = given.map((each) => {
    const at = each.indexOf("=");
    if (at < 1) throw new UsageError("--with and --without take NAME=value");
    return [each.slice(0, at), each.slice(at + 1)] as const;
  });
  return Object.fromEntries(entries);
}
