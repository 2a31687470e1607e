import { defineConfig } from "vitest/config";
import { ExamplesFirst } from "./test/support/mutation/examples-first.ts";

/** The tests of the folder that is being mutated, in Node; each mutant runs those that reach it. */
export default defineConfig({
  test: {
    include: [`test/unit/${process.env["MUTATED_FOLDER"]}/**/*.test.ts`],
    isolate: false,
    sequence: { sequencer: ExamplesFirst },
    setupFiles: ["test/support/claim-error-lines.ts", "test/support/mutation/same-cases.ts"],
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
