import type { RequestClass } from "../../ports/admission.ts";
import { limits } from "../../shared/limits.ts";

/** How one class of requests is limited. */
export interface RateClass {
  /** The name of its binding in wrangler.toml. */
  binding: `RATE_${Uppercase<RequestClass>}`;
  /** Requests of a subject in a window. */
  max: number;
  /** Whether an isolate counts by itself while the limiter is away; else all of them go on. */
  isCountedHere: boolean;
}

/** The figures of wrangler.toml, where the platform takes them from; a test compares the two. */
export const rateClasses: Readonly<Record<RequestClass, RateClass>> = {
  read: { binding: "RATE_READ", max: limits.rateReadsMax, isCountedHere: false },
  list: { binding: "RATE_LIST", max: limits.rateListsMax, isCountedHere: false },
  watch: { binding: "RATE_WATCH", max: limits.rateWatchesMax, isCountedHere: false },
  evaluate: { binding: "RATE_EVALUATE", max: limits.rateEvaluationsMax, isCountedHere: true },
  export: { binding: "RATE_EXPORT", max: limits.rateExportsMax, isCountedHere: true },
  exchange: { binding: "RATE_EXCHANGE", max: limits.rateExchangesMax, isCountedHere: true },
  failed: { binding: "RATE_FAILED", max: limits.rateFailedCredentialsMax, isCountedHere: true },
  voter: { binding: "RATE_VOTER", max: limits.rateVoterRequestsMax, isCountedHere: true },
  key: { binding: "RATE_KEY", max: limits.rateKeyRequestsMax, isCountedHere: true },
};
