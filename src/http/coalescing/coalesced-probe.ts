import { limits } from "../../shared/limits.ts";

/** What a probe found, and when it began, in ms. */
export interface ProbeResult<Value> {
  value: Value;
  startedAt: number;
}

/** Time and waiting, in ms. */
export interface ProbeClock {
  now(): number;
  sleep(ms: number): Promise<void>;
}

/**
 * One probe at a time in an isolate, for everybody who asks; its result is shared for a second.
 * Values are shared, never promises: in a Worker one request must not wait for another's. Whoever
 * comes while a probe runs gets the result before it or, where that is too old, polls for the new.
 */
export class CoalescedProbe<Value> {
  readonly #probe: () => Promise<Value>;
  readonly #clock: ProbeClock;
  #last: (ProbeResult<Value> & { sharedUntil: number }) | null = null;
  /** A probe that ends clears its claim. One whose request was cancelled never ends: it expires. */
  #claimedUntil = 0;

  constructor(probe: () => Promise<Value>, clock: ProbeClock) {
    this.#probe = probe;
    this.#clock = clock;
  }

  /** Null where the probe that runs takes too long and there is no result from before. */
  async read(): Promise<ProbeResult<Value> | null> {
    for (let waits = 0; ; waits += 1) {
      const now = this.#clock.now();
      const last = this.#last;
      if (last !== null && now < last.sharedUntil) return last;
      if (now >= this.#claimedUntil) return this.#run(now);
      if (last !== null && now - last.startedAt < limits.healthKeptMs) return last;
      if (waits === limits.healthWaitsMax) return null;
      await this.#clock.sleep(limits.healthWaitMs);
    }
  }

  async #run(startedAt: number): Promise<ProbeResult<Value>> {
    const claim = startedAt + limits.healthClaimMs;
    this.#claimedUntil = claim;
    try {
      const value = await this.#probe();
      const sharedUntil = this.#clock.now() + limits.healthSharedMs;
      const result = { value, startedAt, sharedUntil };
      // A probe that outlived its claim may come back after a later one.
      if (this.#last === null || this.#last.startedAt <= startedAt) this.#last = result;
      return result;
    } finally {
      if (this.#claimedUntil === claim) this.#claimedUntil = 0;
    }
  }
}
