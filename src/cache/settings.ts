import type { RedisSettings } from "./redis/redis.ts";

/** Variables and secrets of the deployment that choose the cache. */
export type CacheVariables = {
  CACHE: string;
  REDIS_REST_URL: string;
  REDIS_REST_TOKEN?: string;
  TOKEN_ISSUER: string;
};

export type CacheSettings =
  | { kind: "none" }
  | ({ kind: "redis" } & RedisSettings)
  | { kind: "wrong"; reason: string };

/**
 * Reads the settings. Wrong ones keep nobody from voting or from seeing results: the platform goes
 * without a cache and says why.
 */
export function readCacheSettings(variables: CacheVariables): CacheSettings {
  const { CACHE: kind, REDIS_REST_URL: url, REDIS_REST_TOKEN: token, TOKEN_ISSUER } = variables;
  if (kind === "none") return { kind };
  if (kind !== "redis") return wrong('CACHE is neither "none" nor "redis"');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    return wrong("REDIS_REST_URL is not an http or https address");
  if (token === undefined || token.trim() !== token || token === "")
    return wrong("the secret REDIS_REST_TOKEN is missing, empty, or has spaces around it");
  return { kind, url, token, deployment: TOKEN_ISSUER };
}

function wrong(reason: string): CacheSettings {
  return { kind: "wrong", reason };
}
