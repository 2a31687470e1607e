import { readFileSync } from "node:fs";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * The order of test files while a mutant is tried, which ends at the first test that fails: plain
 * examples before files of random cases, which take a hundred times as long.
 */
export class ExamplesFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = files.toSorted((one, other) => randomness(one) - randomness(other));
    return Promise.resolve(sorted);
  }
}

function randomness({ moduleId }: TestSpecification): number {
  return readFileSync(moduleId, "utf8").includes('from "fast-check"') ? 1 : 0;
}
