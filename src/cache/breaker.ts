import { limits } from "../shared/limits.ts";

/**
 * Whether it is worth asking: after some failures in a row nobody asks for a while, and then one does, to see. An isolate's own; it holds
 * figures alone, so no request waits for another.
 */
export class Breaker {
  #failures = 0;
  #pausedUntil = 0;

  /** Whether to ask now (ms). While it is broken, a yes is for one caller: the next pause begins with it. */
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
