import { limits } from "../shared/limits.ts";

/**
 * Whether to call the cache: after some failures in a row nobody calls for a while, and then one
 * does, to see. Each isolate has its own, and no request waits for another.
 */
export class Breaker {
  #failures = 0;
  #pausedUntil = 0;

  /** Whether to call now (ms). While broken, it allows one caller, and the next pause begins. */
  allows(now: number): boolean {
    if (!this.#isBroken) return true;
    if (now < this.#pausedUntil) return false;
    this.#pausedUntil = now + limits.cachePauseMs;
    return true;
  }

  succeed(): void {
    this.#failures = 0;
  }

  /** Counts a failure; says whether it is the one that breaks. */
  fail(now: number): boolean {
    this.#failures += 1;
    this.#pausedUntil = now + limits.cachePauseMs;
    return this.#failures === limits.cacheFailuresMax;
  }

  get #isBroken(): boolean {
    return this.#failures >= limits.cacheFailuresMax;
  }
}
