import { mkdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { exitStatus, runMain, UsageError } from "../src/cli/command-line/usage-error.ts";
import { copyRepository, type RepositoryCopy } from "./mutation/copy-repository.ts";
import { readMutationReport, type MutationScore } from "./mutation/mutation-report.ts";
import { runStryker } from "./mutation/run-stryker.ts";

const folders = ["ballot", "roll", "vote-log", "results", "decision", "rules"] as const;
/** The share of mutants that a folder's own tests must notice. */
const scoreMin = 90;
const reportFolder = ".local/mutation";

/**
 * `npm run test:mutation [-- ballot roll]`: changes one thing after another in a copy of these
 * folders of `src`, and counts what their tests notice. Hours for all; a report of each is left in
 * `.local/mutation`.
 */
await runMain(async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const chosen = positionals.length === 0 ? folders : positionals.map(toFolder);
  mkdirSync(reportFolder, { recursive: true });
  const copy = copyRepository();
  try {
    const scores: MutationScore[] = [];
    for (const folder of chosen) scores.push(mutate(copy, folder));
    const low = scores.filter(({ percent, neverTested }) => percent < scoreMin || neverTested > 0);
    return low.length === 0 ? exitStatus.ok : exitStatus.differences;
  } finally {
    copy.remove();
  }
});

function mutate(copy: RepositoryCopy, folder: string): MutationScore {
  const score = readMutationReport(runStryker({ copy, folder, reportFolder }));
  const { detected, mutants, percent, neverTested } = score;
  console.log(`src/${folder}: ${detected} of ${mutants} mutants noticed, ${percent.toFixed(1)} %`);
  for (const mutant of score.unnoticed) console.log(`  ${mutant}`);
  // A run that tested nothing would take every mutant for a survivor, or none.
  if (neverTested > 0) console.log(`  FAILED: ${neverTested} mutants were judged without a test`);
  return score;
}

function toFolder(text: string): string {
  const name = text.replace(/^src\//, "").replace(/\/$/, "");
  const folder = folders.find((one) => one === name);
  if (folder === undefined) throw new UsageError(`one of ${folders.join(", ")}, not "${text}"`);
  return folder;
}
