import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { alignColumns } from "../src/cli/command-line/align-columns.ts";
import { wholeNumber } from "../src/cli/command-line/option-values.ts";
import { exitStatus, runMain, UsageError } from "../src/cli/command-line/usage-error.ts";
import { projectRoot } from "../scripts/local-platform/project.ts";
import { runPairs, type PairedRun } from "./pairs/run-pairs.ts";

/**
 * `npm run bench:pairs -- --with SEARCH=embedded --without SEARCH=none [--pairs <n>]
 * [--at-once <votes a second>]`: two platforms that differ in these variables take votes in turn, or
 * at once, so that whatever else the machine does slows both alike.
 */
await runMain(async () => {
  const { values } = parseArgs({
    options: {
      with: { type: "string", multiple: true, default: [] },
      without: { type: "string", multiple: true, default: [] },
      pairs: { type: "string" },
      "at-once": { type: "string" },
    },
  });
  const [withIt, withoutIt] = [readVariables(values.with), readVariables(values.without)];
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
    const variables = [withIt, withoutIt] as const;
    const runs = await runPairs({ variables, pairs, atOncePerSecond, stateFolder, log });
    const rows = [
      ["votes a second", ...describe(runs, ({ votesPerSecond }) => votesPerSecond)],
      ["µs of processor a vote", ...describe(runs, ({ microsecondsAVote }) => microsecondsAVote)],
      ["p99 ms, on schedule", ...describe(runs, ({ p99Ms }) => p99Ms)],
    ];
    const head = ["", "with", "without", "with/without, median of pairs", "of all pairs"];
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

/** Medians of both, of the ratio of each pair, and between which the middle half of the ratios lies. */
function describe(
  runs: readonly (readonly [PairedRun, PairedRun])[],
  of: (run: PairedRun) => number,
): string[] {
  const ratios = runs.map(([one, other]) => of(one) / of(other));
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => quantile(ratios, share));
  return [
    quantile(
      runs.map(([one]) => of(one)),
      0.5,
    ).toFixed(1),
    quantile(
      runs.map(([, other]) => of(other)),
      0.5,
    ).toFixed(1),
    (middle ?? 0).toFixed(3),
    `${(low ?? 0).toFixed(3)} to ${(high ?? 0).toFixed(3)}`,
  ];
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
}
