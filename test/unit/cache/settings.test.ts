import { describe, expect, it } from "vitest";
import { readCacheSettings } from "../../../src/cache/settings.ts";

const variables = {
  CACHE: "redis",
  REDIS_REST_URL: "https://eu1-fine.upstash.io",
  REDIS_REST_TOKEN: "a token",
  TOKEN_ISSUER: "here",
};

describe("the settings of the cache", () => {
  it("choose Redis by its address and token, under the deployment's name", () => {
    const { REDIS_REST_URL: url, REDIS_REST_TOKEN: token } = variables;
    expect(readCacheSettings(variables)).toEqual({ kind: "redis", url, token, deployment: "here" });
  });

  it("are none by default, whatever else is set", () => {
    expect(readCacheSettings({ ...variables, CACHE: "none" })).toEqual({ kind: "none" });
  });

  it.each([
    ["a cache that does not exist", { CACHE: "memcached" }, /CACHE/],
    ["no address", { REDIS_REST_URL: "" }, /REDIS_REST_URL/],
    ["Redis's own protocol", { REDIS_REST_URL: "rediss://host:6379" }, /REDIS_REST_URL/],
    ["an empty token", { REDIS_REST_TOKEN: "" }, /REDIS_REST_TOKEN/],
    ["a token with a line's end", { REDIS_REST_TOKEN: "a token\n" }, /REDIS_REST_TOKEN/],
  ])("with %s are wrong, and say which and never a secret", (_, wrong, named) => {
    const settings = readCacheSettings({ ...variables, ...wrong });
    expect(settings).toEqual({ kind: "wrong", reason: expect.stringMatching(named) });
    expect(JSON.stringify(settings)).not.toContain("a token");
  });
});
