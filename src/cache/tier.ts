import { limits } from "../shared/limits.ts";

/**
 * What an entry is good for. `ready`: shown as it is. `renewed`: shown, and one reader computes it anew meanwhile. `spare`: shown only where
 * the record is silent.
 */
export type Tier = "ready" | "renewed" | "spare";

/** How long an entry stays: final figures for the cold tier's time, those of an open decision for the hot entry's. In ms. */
export function lifeOf(isFinal: boolean): number {
  return isFinal ? limits.cacheColdMs : limits.cacheHotMs;
}

/**
 * The tier of an entry that stays for `leftMs`. Its age is told by what is left of its life, so that the cache's clock alone decides.
 * `chance`, from 0 to 1, makes some readers renew a warm entry early and the rest later, so that they don't all come when it turns cold.
 */
export function tierOf(entry: { isFinal: boolean; leftMs: number }, chance: number): Tier {
  const ageMs = lifeOf(entry.isFinal) - entry.leftMs;
  // As young as what an isolate's readers share anyway.
  if (!entry.isFinal) return ageMs < limits.sharedReadMs ? "ready" : "spare";
  const shareOfEarly = 1 - (limits.cacheWarmMs - ageMs) / limits.cacheRenewEarlyMs;
  return shareOfEarly > chance ? "renewed" : "ready";
}
