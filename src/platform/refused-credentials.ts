import { BoundedMap } from "../shared/bounded-map.ts";
import { limits } from "../shared/limits.ts";

/** The clock (ms), and where a line goes: why it was refused, and how often in this minute. */
interface RefusalLog {
  now: () => number;
  tell: (refusal: string, count: number) => void;
}

/**
 * Counts the credentials that an isolate refuses, by the code of the refusal. The first of a minute
 * is told, then the tenth, the hundredth and so on: whoever guesses is seen, and fills no log.
 */
export class RefusedCredentials {
  readonly #log: RefusalLog;
  readonly #counts = new BoundedMap<string, { since: number; count: number }>(
    limits.refusalCodesMax,
  );

  constructor(log: RefusalLog) {
    this.#log = log;
  }

  note(refusal: string): void {
    const now = this.#log.now();
    const known = this.#counts.get(refusal);
    const isFresh = known !== undefined && now - known.since < limits.refusalWindowMs;
    const counted = isFresh ? known : { since: now, count: 0 };
    counted.count += 1;
    if (!isFresh) this.#counts.set(refusal, counted);
    if (isPowerOfTen(counted.count)) this.#log.tell(refusal, counted.count);
  }
}

function isPowerOfTen(count: number): boolean {
  return /^10*$/.test(String(count));
}
