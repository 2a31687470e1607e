import { limits } from "../../shared/limits.ts";
import type { Fault } from "./check-log.ts";
import type { Difference, Layer } from "./difference.ts";

/** Differences of one layer of a shard beyond those that are listed one by one. */
export type UnlistedDifferences = { layer: Layer; shard: number; count: number };

/**
 * All differences of a shard. Of each layer the first ones are kept as they are and the others are
 * counted, so that a layer that is wrong throughout hides no other and takes no memory.
 */
export class ShardDifferences {
  readonly #decision: string;
  readonly #shard: number;
  readonly #listed = new Map<Layer, Difference[]>();
  readonly #unlisted = new Map<Layer, number>();

  constructor(decision: string, shard: number) {
    this.#decision = decision;
    this.#shard = shard;
  }

  report(layer: Layer, faults: readonly Fault[]): void {
    for (const fault of faults) {
      const listed = this.#listed.get(layer) ?? [];
      if (listed.length < limits.verifyDifferencesListedMax) {
        listed.push({ kind: "wrong", decision: this.#decision, layer, ...fault });
        this.#listed.set(layer, listed);
      } else this.#unlisted.set(layer, (this.#unlisted.get(layer) ?? 0) + 1);
    }
  }

  get listed(): Difference[] {
    return [...this.#listed.values()].flat();
  }

  get unlisted(): UnlistedDifferences[] {
    return [...this.#unlisted].map(([layer, count]) => ({ layer, shard: this.#shard, count }));
  }
}
