import { Breaker } from "./breaker.ts";
import type { CacheEntry, CacheLook, ResultCache } from "./result-cache.ts";

export type GuardedLook = CacheLook | { kind: "unavailable" };

/** A cache that never throws: one that is down, slow or refuses is unavailable, and left alone for a while once it has failed some times. */
export class GuardedCache {
  readonly #cache: ResultCache;
  readonly #now: () => number;
  readonly #report: (event: string, error: unknown) => void;
  readonly #breaker = new Breaker();

  constructor(
    cache: ResultCache,
    world: { now(): number; report(event: string, error: unknown): void },
  ) {
    this.#cache = cache;
    this.#now = () => world.now();
    this.#report = (event, error) => world.report(event, error);
  }

  look(decisionId: string): Promise<GuardedLook> {
    return this.#attempt<GuardedLook>(() => this.#cache.look(decisionId), { kind: "unavailable" });
  }

  claim(decisionId: string): Promise<boolean> {
    return this.#attempt(() => this.#cache.claim(decisionId), false);
  }

  keep(decisionId: string, entry: CacheEntry): Promise<boolean> {
    return this.#attempt(() => this.#cache.keep(decisionId, entry), false);
  }

  async #attempt<Value>(work: () => Promise<Value>, otherwise: Value): Promise<Value> {
    if (!this.#breaker.allows(this.#now())) return otherwise;
    try {
      const value = await work();
      this.#breaker.succeed();
      return value;
    } catch (error) {
      // Once for an outage, not once a read.
      if (this.#breaker.fail(this.#now())) this.#report("cache.paused", error);
      return otherwise;
    }
  }
}
