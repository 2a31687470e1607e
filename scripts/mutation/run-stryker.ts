import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RepositoryCopy } from "./copy-repository.ts";

/** What is mutated, and where its report is left. */
interface MutationRun {
  copy: RepositoryCopy;
  /**
   * A folder of `src`, or what is in one: `rules`, `rules/ratio.ts`. The tests are in the folder of
   * `test/unit` with the folder's name.
   */
  targets: readonly string[];
  reportFolder: string;
}

/**
 * Mutates a folder or files of it and gives the report, as text.
 * @throws where the tests fail before anything was changed
 */
export function runStryker({ copy, targets, reportFolder }: MutationRun): string {
  const report = "mutation-report.json";
  const config = {
    ...runnerOf(targets),
    mutate: targets.map((one) => (one.endsWith(".ts") ? `src/${one}` : `src/${one}/**/*.ts`)),
    inPlace: true,
    concurrency: 1,
    // A busy machine must not make a mutant look like an endless loop.
    timeoutMS: 20_000,
    timeoutFactor: 4,
    reporters: ["progress-append-only", "json", "html"],
    jsonReporter: { fileName: report },
    htmlReporter: { fileName: `${report}.html` },
  };
  writeFileSync(join(copy.folder, "stryker.config.json"), JSON.stringify(config));
  const stryker = join(copy.toolsFolder, "node_modules/@stryker-mutator/core/bin/stryker.js");
  execFileSync(process.execPath, [stryker, "run"], {
    cwd: copy.folder,
    env: {
      ...process.env,
      MUTATED_FOLDER: targets[0]?.split("/")[0],
      MUTATION_TOOLS: copy.toolsFolder,
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const name = targets.join("+").replaceAll("/", "-").slice(0, 200);
  copyFileSync(join(copy.folder, `${report}.html`), join(reportFolder, `${name}.html`));
  copyFileSync(join(copy.folder, report), join(reportFolder, `${name}.json`));
  return readFileSync(join(copy.folder, report), "utf8");
}

/** The tests of rules are plain functions, which need no Vitest around them. */
function runnerOf(targets: readonly string[]) {
  if (targets.every((target) => target.startsWith("rules"))) {
    return {
      testRunner: "one-process",
      plugins: ["./scripts/mutation/one-process-runner.ts"],
    };
  }
  return {
    testRunner: "vitest",
    plugins: ["@stryker-mutator/vitest-runner"],
    vitest: { configFile: "vitest.mutation.config.ts", related: false },
  };
}
