import { parseArgs } from "node:util";
import { wholeNumber } from "../../../src/cli/command-line/option-values.ts";
import { startProgress } from "../../../src/cli/command-line/progress.ts";
import { exitStatus, runMain } from "../../../src/cli/command-line/usage-error.ts";
import { fuzzShards, seedMax } from "./fuzz-shards.ts";

const text = { type: "string" } as const;

/** `npm run fuzz [-- --histories N --seed S]`: a real shard against a plain list, in random histories. */
await runMain(async () => {
  const { values } = parseArgs({ options: { histories: text, seed: text } });
  const bounds = { min: 1, max: 100_000_000, otherwise: 100_000 };
  const histories = wholeNumber("histories", values.histories, bounds);
  const otherwise = Math.floor(Math.random() * seedMax);
  const seed = wholeNumber("seed", values.seed, { min: 0, max: seedMax, otherwise });
  console.log(`${histories} histories, seed ${seed} (repeat with --seed ${seed})`);
  const progress = startProgress("fuzz", "histories", histories);
  const printError = console.error;
  // A drain that fails on purpose says so.
  console.error = () => {};
  try {
    await fuzzShards({ seed, histories, onLived: () => progress.advance(1) });
    return exitStatus.ok;
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    return exitStatus.differences;
  } finally {
    console.error = printError;
    progress.finish();
  }
});
