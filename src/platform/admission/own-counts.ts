import { BoundedMap } from "../../shared/bounded-map.ts";
import { limits } from "../../shared/limits.ts";

/** Requests by subject that this isolate counts by itself, in windows; it stands in for the limiter. */
export class OwnCounts {
  #counts = new BoundedMap<string, number>(limits.rateSubjectsCountedMax);
  #windowEndsAt = 0;

  /** Counts a request at a moment (ms), and says whether it is among the first `max`. */
  admits(subject: string, max: number, now: number): boolean {
    if (now >= this.#windowEndsAt) {
      this.#counts = new BoundedMap(limits.rateSubjectsCountedMax);
      this.#windowEndsAt = now + limits.rateWindowSeconds * 1_000;
    }
    const count = this.#counts.get(subject) ?? 0;
    if (count >= max) return false;
    this.#counts.set(subject, count + 1);
    return true;
  }
}
