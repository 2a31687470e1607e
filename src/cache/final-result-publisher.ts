import type { ShownResult } from "../results/shown-result.ts";
import { keepResult } from "./keep-result.ts";
import type { ResultCache } from "./result-cache.ts";
import type { ReportFailure } from "../shared/log-line.ts";

/** Tells the log of a failure; `context` says of which decision. */

/**
 * Writes a room's final figures to the cache as soon as they are known, and again with each later
 * step of the decision's life, so that readers do not get the step before for the warm time. Each
 * version is written once. A failed write is not tried again: an old entry is renewed within the
 * warm time.
 */
export class FinalResultPublisher {
  readonly #cache: ResultCache | null;
  readonly #report: ReportFailure;
  #publishedVersion = -1;

  constructor(cache: ResultCache | null, report: ReportFailure) {
    this.#cache = cache;
    this.#report = report;
  }

  /** Publishes a final result; what is not final is passed over. Never throws. */
  async publish(result: ShownResult | null): Promise<void> {
    if (this.#cache === null || result?.isFinal !== true) return;
    if (result.version <= this.#publishedVersion) return;
    this.#publishedVersion = result.version;
    try {
      await keepResult(this.#cache, result);
    } catch (error) {
      this.#report("cache.final_result_not_published", error, { decision: result.decisionId });
    }
  }
}
