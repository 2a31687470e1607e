import { limits } from "../../shared/limits.ts";

/**
 * Lets a line of a kind through once in a while: an outage under load would fill a disk with one
 * sentence.
 */
export class RareLines {
  readonly #kinds = new Map<string, { saidAt: number; unsaid: number }>();

  /**
   * How many lines of the kind were kept back since the last one, or null where this one is kept
   * back too.
   */
  take(kind: string, now = Date.now()): number | null {
    const known = this.#kinds.get(kind);
    if (known !== undefined && now - known.saidAt < limits.gatewayLogLineMs) {
      known.unsaid += 1;
      return null;
    }
    this.#kinds.set(kind, { saidAt: now, unsaid: 0 });
    return known?.unsaid ?? 0;
  }
}
