import { existsSync, mkdirSync } from "node:fs";
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
 * `npm run test:mutation [-- ballot rules/ratio.ts]`: changes one thing after another in a copy of
 * these folders and files of `src`, and counts what the folder's tests notice. Hours for all; a
 * report of each run is left in `.local/mutation`.
 */
await runMain(async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const chosen = positionals.length === 0 ? folders : positionals.map(toTarget);
  mkdirSync(reportFolder, { recursive: true });
  const copy = copyRepository();
  try {
    // What is in one folder is tried in one run, which has to begin but once.
    const runs = Map.groupBy(chosen, (target) => target.split("/")[0]);
    const scores = [...runs.values()].map((targets) => mutate(copy, targets));
    const low = scores.filter(({ percent, neverTested }) => percent < scoreMin || neverTested > 0);
    return low.length === 0 ? exitStatus.ok : exitStatus.differences;
  } finally {
    copy.remove();
  }
});

function mutate(copy: RepositoryCopy, targets: readonly string[]): MutationScore {
  const score = readMutationReport(runStryker({ copy, targets, reportFolder }));
  const { detected, mutants, percent, neverTested } = score;
  const names = targets.map((target) => `src/${target}`).join(", ");
  console.log(`${names}: ${detected} of ${mutants} mutants noticed, ${percent.toFixed(1)} %`);
  for (const file of score.files) console.log(`  ${file}`);
  for (const mutant of score.unnoticed) console.log(`  ${mutant}`);
  // A run that tested nothing would take every mutant for a survivor, or none.
  if (neverTested > 0) console.log(`  FAILED: ${neverTested} mutants were judged without a test`);
  return score;
}

/** A folder, or what is in one, from `src`. */
function toTarget(text: string): string {
  const target = text.replace(/^src\//, "").replace(/\/$/, "");
  const [folder] = target.split("/");
  if (!folders.some((one) => one === folder) || !existsSync(`src/${target}`)) {
    throw new UsageError(`one of ${folders.join(", ")} or what is in it, not "${text}"`);
  }
  return target;
}
