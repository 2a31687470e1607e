import type { ShownCounts, ShownResult } from "../results/shown-result.ts";

/**
 * What of a result may be in a cache that every reader shares, or null for nothing. `showResult`
 * has left out what is hidden. Turnout and seals are not kept: the close changes them, and an entry
 * outlives its request. A draft has no version for its figures, since its regions may still change.
 */
export function sharedForm(result: ShownResult): ShownCounts | null {
  return result.shows !== "counts" || result.status === "draft" ? null : result;
}
