import type { ShardHistory } from "./history.ts";
import { makeHistory } from "./make-history.ts";
import { failureOf, shrinkHistory } from "./shrink-history.ts";

/** The largest seed. */
export const seedMax = 2 ** 32 - 1;

/** Which histories are lived. */
export interface FuzzRun {
  /** That of the first; each next has the next one. */
  seed: number;
  histories: number;
  /** Is called after each. */
  onLived?: () => void;
}

/**
 * Lives random histories of a shard.
 * @throws {Error} for the first that fails: with its seed, and as short as it was made
 */
export async function fuzzShards({ seed, histories, onLived }: FuzzRun): Promise<void> {
  for (let lived = 0; lived < histories; lived += 1) {
    const own = (seed + lived) % (seedMax + 1);
    const history = makeHistory(own);
    const failure = await failureOf(history);
    if (failure !== null) {
      const shortest = await shrinkHistory({ history, failure });
      throw new Error(report(own, shortest.history, shortest.failure), { cause: failure });
    }
    onLived?.();
    // Histories only ever wait for each other's microtasks: now and then others have a turn.
    if (lived % 20 === 19) await new Promise((resolve) => setImmediate(resolve));
  }
}

function report(seed: number, { setup, steps }: ShardHistory, failure: unknown): string {
  return [
    `a shard differs from its model, with seed ${seed}: npm run fuzz -- --seed ${seed} --histories 1`,
    ...words(failure),
    "the shortest history that fails:",
    JSON.stringify(setup),
    ...steps.map((step, at) => `${at} ${JSON.stringify(step)}`),
  ].join("\n");
}

function words(failure: unknown): string[] {
  if (!(failure instanceof Error)) return [String(failure)];
  return [failure.message, ...(failure.cause === undefined ? [] : words(failure.cause))];
}
