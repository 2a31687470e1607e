import type { ShownCounts, ShownResult } from "../results/shown-result.ts";

/**
 * What of a result may stand in a cache that every reader shares, or null for nothing. What is hidden never gets here: `showResult` has left it
 * out before. Turnout and seals are not kept, since the close makes something else of them, and what is kept outlives the request that
 * kept it. A draft has no version that stands for its figures: its regions may still change.
 */
export function sharedForm(result: ShownResult): ShownCounts | null {
  return result.shows !== "counts" || result.status === "draft" ? null : result;
}
