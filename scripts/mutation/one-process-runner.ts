import { createRequire } from "node:module";
import { join } from "node:path";
import { bundleTests, type TestBundle } from "./bundle-tests.ts";
import { collectTests } from "./collect-tests.ts";
import { makeExpect } from "./make-expect.ts";

/**
 * A test runner for Stryker that runs a folder's tests in its own process, some fifty times as fast
 * as starting Vitest for each mutant. It knows `describe`, `it` and `expect`, and no more of Vitest.
 */

type TestResult = { id: string; name: string; timeSpentMs: number } & (
  | { status: typeof passed }
  | { status: typeof failed; failureMessage: string }
);
/** As Stryker numbers them. */
const [passed, failed] = [0, 1] as const;

type RunResult =
  | { status: "complete"; tests: TestResult[] }
  | { status: "error"; errorMessage: string };

interface MutantRunOptions {
  activeMutant: { id: string };
  /** Static: already while the tests are loaded. */
  mutantActivation: "static" | "runtime";
  testFilter?: readonly string[];
  hitLimit?: number;
}

/** What the mutants in the code read and write: the names are Stryker's. */
interface MutantState {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  mutantCoverage?: unknown;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
}

const noticingMax = 100;
const state: MutantState = {};
Object.assign(globalThis, { __stryker__: state });

class OneProcessRunner {
  readonly #require = createRequire(join(process.cwd(), "package.json"));
  readonly #expect = makeExpect(process.env["MUTATION_TOOLS"] ?? "");
  #bundle: TestBundle | null = null;
  /** The tests that noticed mutants, the last one first: it may well notice the next one too. */
  #noticing: readonly string[] = [];

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init(): Promise<void> {
    this.#bundle = await bundleTests(process.env["MUTATED_FOLDER"] ?? "");
    // Every mutant meets the same random cases: none is noticed, or missed, by chance. The first
    // that fails is enough; nobody reads the smallest.
    const fc = this.#require("fast-check") as { configureGlobal(options: object): void };
    fc.configureGlobal({ seed: 20_261_130, endOnFailure: true });
  }

  async dryRun(): Promise<RunResult & { mutantCoverage?: unknown }> {
    Object.assign(state, { activeMutant: undefined, mutantCoverage: undefined });
    const found = await this.#run({ isEndedByFailure: false });
    return { ...found, mutantCoverage: state.mutantCoverage ?? { static: {}, perTest: {} } };
  }

  async mutantRun(options: MutantRunOptions): Promise<object> {
    const { activeMutant, hitLimit, mutantActivation, testFilter } = options;
    Object.assign(state, { hitCount: 0, hitLimit, activeMutant: undefined });
    const activate = () => void (state.activeMutant = activeMutant.id);
    if (mutantActivation === "static") activate();
    const found = await this.#run({ isEndedByFailure: true, testFilter, activate });
    state.activeMutant = undefined;
    const hits = state.hitCount ?? 0;
    if (hitLimit !== undefined && hits > hitLimit) {
      return { status: "timeout", reason: `${hits} hits, where ${hitLimit} are allowed` };
    }
    if (found.status === "error") return found;
    const nrOfTests = found.tests.length;
    const fault = found.tests.find((test) => test.status === failed);
    if (fault === undefined) return { status: "survived", nrOfTests };
    const { id, failureMessage } = fault;
    this.#noticing = [id, ...this.#noticing.filter((one) => one !== id)].slice(0, noticingMax);
    return { status: "killed", killedBy: [id], failureMessage, nrOfTests };
  }

  async #run({ isEndedByFailure, testFilter, activate }: RunParts): Promise<RunResult> {
    const results: TestResult[] = [];
    const wanted = testFilter && new Set(testFilter);
    try {
      if (this.#bundle === null) throw new Error("not begun");
      const parts = { expect: this.#expect, require: this.#require };
      const tests = new Map(
        collectTests(this.#bundle, parts).map((test) => [test.name, test.run] as const),
      );
      const names = new Set([...this.#noticing, ...tests.keys()]);
      activate?.();
      for (const name of names) {
        const run = tests.get(name);
        if (run === undefined || wanted?.has(name) === false) continue;
        const result = await runTest(name, run);
        results.push(result);
        if (result.status === failed && isEndedByFailure) break;
      }
      return { status: "complete", tests: results };
    } catch (error) {
      return { status: "error", errorMessage: messageOf(error) };
    }
  }
}

interface RunParts {
  isEndedByFailure: boolean;
  /** The names of those that are to run; without it all. */
  testFilter?: readonly string[] | undefined;
  /** Called once the tests are loaded. */
  activate?: () => void;
}

async function runTest(name: string, run: () => unknown): Promise<TestResult> {
  const start = performance.now();
  const own = () => ({ id: name, name, timeSpentMs: performance.now() - start });
  state.currentTestId = name;
  try {
    await run();
    return { ...own(), status: passed };
  } catch (error) {
    return { ...own(), status: failed, failureMessage: messageOf(error) };
  } finally {
    state.currentTestId = undefined;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const factory = Object.assign(() => new OneProcessRunner(), { inject: [] });

export const strykerPlugins = [{ kind: "TestRunner", name: "one-process", factory }];
