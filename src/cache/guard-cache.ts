import { Breaker } from "./breaker.ts";
import type { CacheEntry, CacheLook, ResultCache } from "./result-cache.ts";
import type { ReportFailure } from "../shared/log-line.ts";

export type GuardedLook = CacheLook | { kind: "unavailable" };

/** The clock (ms), and where an outage is reported. */
export interface GuardedCacheDependencies {
  now: () => number;
  report: ReportFailure;
}

/**
 * A cache that never throws: one that is down, slow or refuses is unavailable, and is not called
 * for a while once it has failed some times.
 */
export class GuardedCache {
  readonly #cache: ResultCache;
  readonly #now: () => number;
  readonly #report: ReportFailure;
  readonly #breaker = new Breaker();

  constructor(cache: ResultCache, { now, report }: GuardedCacheDependencies) {
    this.#cache = cache;
    this.#now = now;
    this.#report = report;
  }

  look(decisionId: string): Promise<GuardedLook> {
    return this.#guard<GuardedLook>(() => this.#cache.look(decisionId), { kind: "unavailable" });
  }

  claim(decisionId: string): Promise<boolean> {
    return this.#guard(() => this.#cache.claim(decisionId), false);
  }

  keep(decisionId: string, entry: CacheEntry): Promise<boolean> {
    return this.#guard(() => this.#cache.keep(decisionId, entry), false);
  }

  async #guard<Value>(work: () => Promise<Value>, otherwise: Value): Promise<Value> {
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
