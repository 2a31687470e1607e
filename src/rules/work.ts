/** Thrown where a rule takes more work than it may. */
export class WorkExceededError extends Error {
  override readonly name = "WorkExceededError";
}

/**
 * Counts the work that a rule makes, in units of about a tenth of a microsecond, and stops what
 * would take more than its bound. What is counted depends on the rule, the regions and the length
 * of figures alone, never on the time: the same question always ends at the same place.
 */
export class Work {
  readonly #max: number;
  #spent = 0;

  constructor(max: number) {
    this.#max = max;
  }

  get spent(): number {
    return this.#spent;
  }

  get left(): number {
    return Math.max(0, this.#max - this.#spent);
  }

  /** Counts what had to be done in any case. */
  add(units: number): void {
    this.#spent += units;
  }

  /** @throws {WorkExceededError} where that is more than is left */
  spend(units: number): void {
    this.#spent += units;
    if (this.#spent > this.#max) throw new WorkExceededError();
  }
}
