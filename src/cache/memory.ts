import { limits } from "../shared/limits.ts";
import type { CacheEntry, ResultCache } from "./result-cache.ts";

/** A cache in memory, for tests: one for as many isolates as share it; `now` in ms. */
export function memoryCache(now: () => number): ResultCache {
  const entries = new Map<string, CacheEntry & { until: number }>();
  const claims = new Map<string, number>();

  const alive = (decisionId: string) => {
    const entry = entries.get(decisionId);
    return entry !== undefined && entry.until > now() ? entry : null;
  };
  const claim = (decisionId: string): boolean => {
    if ((claims.get(decisionId) ?? 0) > now()) return false;
    claims.set(decisionId, now() + limits.cacheClaimMs);
    return true;
  };

  return {
    look(decisionId) {
      const entry = alive(decisionId);
      if (entry === null)
        return Promise.resolve({ kind: "missing", isClaimed: claim(decisionId) } as const);
      const { version, text, until } = entry;
      return Promise.resolve({ kind: "found", version, text, leftMs: until - now() } as const);
    },
    claim: (decisionId) => Promise.resolve(claim(decisionId)),
    keep(decisionId, entry) {
      const known = alive(decisionId);
      if (known !== null && known.version > entry.version) return Promise.resolve(false);
      entries.set(decisionId, { ...entry, until: now() + entry.lifeMs });
      claims.delete(decisionId);
      return Promise.resolve(true);
    },
    probe: () => Promise.resolve("ok"),
  };
}
