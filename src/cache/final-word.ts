import type { ShownResult } from "../results/shown-result.ts";
import { keepResult } from "./keep-result.ts";
import type { ResultCache } from "./result-cache.ts";

/**
 * The room's word to the cache: final figures as soon as they are, and again with each later step of the decision's life, so that nobody is
 * shown the step before for the rest of its warm time. It is said once a version. Where the cache is away nothing is tried again: an
 * entry that is behind is renewed within the warm time.
 */
export class FinalWord {
  readonly #cache: ResultCache | null;
  readonly #report: (event: string, error: unknown, place: Record<string, string>) => void;
  #saidVersion = -1;

  constructor(
    cache: ResultCache | null,
    report: (event: string, error: unknown, place: Record<string, string>) => void,
  ) {
    this.#cache = cache;
    this.#report = report;
  }

  /** Never throws. */
  async say(result: ShownResult | null): Promise<void> {
    if (this.#cache === null || result?.isFinal !== true) return;
    if (result.version <= this.#saidVersion) return;
    this.#saidVersion = result.version;
    try {
      await keepResult(this.#cache, result);
    } catch (error) {
      this.#report("cache.final_word_lost", error, { decision: result.decisionId });
    }
  }
}
