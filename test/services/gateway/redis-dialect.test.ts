import { randomUUID } from "node:crypto";
import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepScript, lookScript } from "../../../src/shared/redis-cache-scripts.ts";
import { upstashRedis } from "../../support/services/gateway-clients.ts";
import { services } from "../../support/services/services.ts";

describe("the Redis dialect, with the genuine client", () => {
  let redis: Awaited<ReturnType<typeof upstashRedis>>;
  /** Redis itself, without the gateway: what was written is looked at here. */
  let direct: Awaited<ReturnType<typeof connectDirectly>>;
  beforeAll(async () => {
    redis = await upstashRedis();
    direct = await connectDirectly();
  });
  afterAll(() => direct.close());

  async function connectDirectly() {
    const client = createClient({ url: (await services.redis.address()).url });
    return client.connect();
  }

  const newKey = () => `test:${randomUUID()}`;

  /** A call without the genuine client, for what it hides. */
  async function post(
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const { url, token } = await services.gateway.address();
    return fetch(`${url}${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, ...headers },
      body: JSON.stringify(body),
    });
  }

  it("strings are kept as they were set, with their time to live", async () => {
    const key = newKey();
    expect(await redis.set(key, "Ærø 🌍", { ex: 60 })).toBe("OK");
    expect(await direct.get(key)).toBe("Ærø 🌍");
    expect(await direct.ttl(key)).toBeGreaterThan(0);
    expect(await redis.set(key, "other", { nx: true })).toBeNull();
    expect(await redis.set(key, "OK", { get: true })).toBe("Ærø 🌍");
    expect(await redis.set(key, { yes: 3 }, { get: true })).toBe("OK");
    expect(await direct.get(key)).toBe('{"yes":3}');
  });

  it("the cache's scripts keep the newest version, and find it with whatever bytes it has", async () => {
    const key = newKey();
    const names = [key, `${key}:claim`];
    const keep = (version: number) =>
      redis.eval(keepScript, [...names, `${key}:${version}`], [String(version), "text", "60000"]);
    expect(await redis.eval(lookScript, names, ["60000"])).toEqual(["claimed"]);
    expect(await redis.eval(lookScript, names, ["60000"])).toEqual(["awaited"]);
    expect(await keep(7)).toBe(1);
    expect(await keep(5)).toBe(0);
    await direct.set(`${key}:7`, Buffer.from([0, 255, 128, 10]), {
      expiration: { type: "PX", value: 60_000 },
    });
    const look = ["EVAL", lookScript, 2, ...names, "60000"];
    const answer = await post("/", look, { "upstash-encoding": "base64" });
    const { result } = (await answer.json()) as { result: unknown[] };
    expect(result.slice(0, 3)).toEqual([btoa("found"), btoa("7"), "AP+ACg=="]);
    expect(result[3]).toBeGreaterThan(0);
  });

  it("a pipeline answers each command in order, and an error spoils only its own", async () => {
    const key = newKey();
    const answer = await post("/pipeline", [
      ["SET", key, "a"],
      ["SET", key],
      ["SET", key, "b", "GET"],
    ]);
    expect(await answer.json()).toEqual([
      { result: "OK" },
      { error: "ERR wrong number of arguments for 'set' command" },
      { result: "a" },
    ]);
  });

  it("commands of one turn travel together by themselves", async () => {
    const keys = Array.from({ length: 20 }, newKey);
    await Promise.all(keys.map((key, index) => redis.set(key, index)));
    expect(await direct.mGet(keys)).toEqual([...keys.keys()].map(String));
  });

  it("a transaction runs all its commands or none", async () => {
    const key = newKey();
    expect(await redis.multi().set(key, 1).set(key, 2, { get: true }).exec()).toEqual(["OK", 1]);
    const answer = await post("/multi-exec", [
      ["SET", key, "9"],
      ["SET", key],
    ]);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: "ERR wrong number of arguments for 'set' command",
    });
    expect(await direct.get(key)).toBe("2");
  });

  it("a command of a transaction that fails when it runs answers with its error, and the others stay done", async () => {
    const key = newKey();
    const names = [key, `${key}:claim`, `${key}:1`];
    const answer = await post("/multi-exec", [
      ["SET", `${key}:before`, "a"],
      ["EVAL", keepScript, 3, ...names, "1", "text", "0"],
      ["SET", `${key}:after`, "b"],
    ]);
    expect(await answer.json()).toEqual([
      { result: "OK" },
      { error: expect.stringContaining("invalid expire time") },
      { result: "OK" },
    ]);
  });

  it("an error of Redis reaches the caller in Redis's words", async () => {
    await expect(redis.set(newKey(), "text", { px: 0 })).rejects.toThrow(/invalid expire time/);
  });

  it.each([
    ["FLUSHALL"],
    ["flushdb"],
    ["KEYS", "*"],
    ["GET", "key"],
    ["DEL", "key"],
    ["SUBSCRIBE", "channel"],
    ["blpop", "list", "0"],
    ["XREAD", "BLOCK", "0", "STREAMS", "s", "$"],
    ["CONFIG", "GET", "*"],
    ["SHUTDOWN"],
    ["MULTI"],
    ["SCRIPT", "LOAD", "return 1"],
    ["EVALSHA", "0".repeat(40), "0"],
    ["EVAL", "while true do end", "0"],
    ["EVAL", `${lookScript} `, "0"],
    ["EVAL"],
  ])("a command that the cache does not send is refused: %s", async (...command) => {
    for (const path of ["/", "/pipeline", "/multi-exec"]) {
      const answer = await post(path, path === "/" ? command : [["SET", newKey(), "1"], command]);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ code: "redis.command_refused" });
    }
    expect(await direct.ping()).toBe("PONG");
  });

  it("every answer carries a sync token, and what was written is there", async () => {
    const key = newKey();
    const answer = await post("/", ["SET", key, "1"]);
    expect(answer.headers.get("upstash-sync-token")).not.toBeNull();
    expect(await direct.get(key)).toBe("1");
  });
});
