import { redisCache } from "../../src/cache/redis/redis.ts";
import type { ResultCache } from "../../src/cache/result-cache.ts";
import { readCacheSettings, type CacheVariables } from "../../src/cache/settings.ts";
import type { CacheState } from "../../src/http/deps.ts";
import { reportFailure } from "../report-failure.ts";

/** A cache, or null for none, and what readiness says of it. */
export type ChosenCache = { cache: ResultCache | null; state(): Promise<CacheState> };

/** The cache that the deployment's variables choose. Wrong ones go to the log, and are none. */
export function chooseCache(variables: CacheVariables): ChosenCache {
  const settings = readCacheSettings(variables);
  if (settings.kind === "redis") {
    const cache = redisCache(settings);
    return { cache, state: () => stateOf(cache) };
  }
  if (settings.kind === "none") return { cache: null, state: () => Promise.resolve("off") };
  reportFailure("cache.misconfigured", new Error(settings.reason));
  return { cache: null, state: () => Promise.resolve("misconfigured") };
}

async function stateOf(cache: ResultCache): Promise<CacheState> {
  try {
    await cache.ping();
    return "ok";
  } catch (error) {
    reportFailure("cache.unreachable", error);
    return "unreachable";
  }
}
