/** Until when an index has heard of changes, and how long ago that was; times in ms. */
export function viewFreshness(indexedTo: number | null, now: number) {
  return {
    indexed_to: indexedTo === null ? null : new Date(indexedTo).toISOString(),
    age_ms: indexedTo === null ? null : Math.max(0, now - indexedTo),
  };
}
