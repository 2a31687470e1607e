import { parseArgs } from "node:util";
import { wholeNumber } from "../../src/cli/command-line/option-values.ts";

export type KillTestOptions = { kills: number; seed: number };

/** Reads `--kills N` (20) and `--seed S` (a new one every time). */
export function readKillTestOptions(args: string[]): KillTestOptions {
  const text = { type: "string" } as const;
  const { values } = parseArgs({ args, options: { kills: text, seed: text } });
  const seedMax = 2 ** 32 - 1;
  return {
    kills: wholeNumber("kills", values.kills, { min: 1, max: 10_000, otherwise: 20 }),
    seed: wholeNumber("seed", values.seed, {
      min: 0,
      max: seedMax,
      otherwise: Math.floor(Math.random() * seedMax),
    }),
  };
}
