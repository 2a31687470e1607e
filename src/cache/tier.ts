import { limits } from "../shared/limits.ts";

/**
 * How an entry is used. `ready`: shown as it is. `renewed`: shown, while one reader computes it
 * anew. `spare`: shown only where the record does not answer.
 */
export type Tier = "ready" | "renewed" | "spare";

/** How long an entry stays, in ms: final figures for the cold tier's time, others for the hot. */
export function lifeOf(isFinal: boolean): number {
  return isFinal ? limits.cacheColdMs : limits.cacheHotMs;
}

/**
 * The tier of an entry that stays for `leftMs`. Its age follows from what is left of its life, so
 * that the cache's clock alone decides. `chance`, from 0 to 1, spreads when readers renew a warm
 * entry, so that they don't all come when it turns cold.
 */
export function tierOf(entry: { isFinal: boolean; leftMs: number }, chance: number): Tier {
  const ageMs = lifeOf(entry.isFinal) - entry.leftMs;
  // As young as what an isolate's readers share anyway.
  if (!entry.isFinal) return ageMs < limits.sharedReadMs ? "ready" : "spare";
  const shareOfEarly = 1 - (limits.cacheWarmMs - ageMs) / limits.cacheRenewEarlyMs;
  return shareOfEarly > chance ? "renewed" : "ready";
}
