import { limits } from "../../shared/limits.ts";

/** What a look found; `at` is when it began, in ms. */
export type Found<Value> = { value: Value; at: number };

/** Time and waiting, in ms. */
export type LookClock = { now(): number; sleep(ms: number): Promise<void> };

/**
 * One look at a time in an isolate, for everybody who asks: what it finds is told again for a second. Values are shared, never promises: in a
 * Worker one request must not wait for another's. Whoever comes while a look is under way is told what the one before found or, where that is
 * long ago, looks now and then whether the answer has come.
 */
export class SharedLook<Value> {
  readonly #look: () => Promise<Value>;
  readonly #clock: LookClock;
  #last: (Found<Value> & { sharedUntil: number }) | null = null;
  /** A look that ends takes its claim back; one that is given up with its request never ends, so a claim runs out. */
  #claimedUntil = 0;

  constructor(look: () => Promise<Value>, clock: LookClock) {
    this.#look = look;
    this.#clock = clock;
  }

  /** Null where the look under way takes too long, and there is nothing from before to tell. */
  async read(): Promise<Found<Value> | null> {
    for (let waits = 0; ; waits += 1) {
      const now = this.#clock.now();
      const last = this.#last;
      if (last !== null && now < last.sharedUntil) return last;
      if (now >= this.#claimedUntil) return this.#lookNow(now);
      if (last !== null && now - last.at < limits.healthKeptMs) return last;
      if (waits === limits.healthWaitsMax) return null;
      await this.#clock.sleep(limits.healthWaitMs);
    }
  }

  async #lookNow(at: number): Promise<Found<Value>> {
    const claim = at + limits.healthClaimMs;
    this.#claimedUntil = claim;
    try {
      const value = await this.#look();
      const found = { value, at, sharedUntil: this.#clock.now() + limits.healthSharedMs };
      // A look that outlived its claim may come back after a later one.
      if (this.#last === null || this.#last.at <= at) this.#last = found;
      return found;
    } finally {
      if (this.#claimedUntil === claim) this.#claimedUntil = 0;
    }
  }
}
