import { setTimeout as sleep } from "node:timers/promises";

/**
 * Time that may be spent waiting for copies to catch up: one budget for a whole run, so that a
 * thousand late decisions don't each wait a minute.
 */
export class WaitBudget {
  readonly #endsAt: number;

  constructor(seconds: number) {
    this.#endsAt = performance.now() + seconds * 1_000;
  }

  /** Waits a little; false when the budget is spent. */
  async wait(ms: number): Promise<boolean> {
    if (performance.now() >= this.#endsAt) return false;
    await sleep(ms);
    return true;
  }
}
