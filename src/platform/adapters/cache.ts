import { redisCache } from "../../cache/redis/redis.ts";
import type { ResultCache } from "../../cache/result-cache.ts";
import { readCacheSettings, type CacheVariables } from "../../cache/settings.ts";
import type { CacheState } from "../../ports/results.ts";
import { LoggableError } from "../../shared/loggable-error.ts";
import { reportFailure } from "../report-failure.ts";

/**
 * A cache, or null for none, and what readiness says of it; `fault` is what is wrong with the
 * variables.
 */
export type ChosenCache = {
  cache: ResultCache | null;
  fault: string | null;
  state: () => Promise<CacheState>;
};

/** The cache that the deployment's variables choose; wrong ones choose none. */
export function chooseCache(variables: CacheVariables): ChosenCache {
  const settings = readCacheSettings(variables);
  if (settings.kind === "redis") {
    const cache = redisCache(settings);
    return { cache, fault: null, state: () => stateOf(cache) };
  }
  const isWrong = settings.kind === "wrong";
  const state = isWrong ? "misconfigured" : "off";
  return {
    cache: null,
    fault: isWrong ? settings.reason : null,
    state: () => Promise.resolve(state),
  };
}

async function stateOf(cache: ResultCache): Promise<CacheState> {
  try {
    const state = await cache.probe();
    if (state === "refuses_writes") {
      reportFailure("cache.refuses_writes", new LoggableError("Redis is read and not written"));
    }
    return state;
  } catch (error) {
    reportFailure("cache.unreachable", error);
    return "unreachable";
  }
}
