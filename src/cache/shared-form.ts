import type { DecisionResult } from "../results/result.ts";

/**
 * What of a result may stand in a cache that every reader shares, or null for nothing. This is the one place where visibility is applied
 * before caching: whatever the public may not see yet has to be taken out here, since what is kept outlives the request that kept it.
 * A draft has no version that stands for its figures: its regions may still change.
 */
export function sharedForm(result: DecisionResult): DecisionResult | null {
  return result.status === "draft" ? null : result;
}
