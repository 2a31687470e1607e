import { randomUUID } from "node:crypto";
import { createClient } from "redis";
import { beforeAll, describe, expect, it } from "vitest";
import { upstashRedis } from "../../support/services/gateway-clients.ts";
import { services } from "../../support/services/services.ts";

describe("the Redis dialect, with the genuine client", () => {
  let redis: Awaited<ReturnType<typeof upstashRedis>>;
  beforeAll(async () => {
    redis = await upstashRedis();
  });

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

  it("strings come back as they were set, with their time to live", async () => {
    const key = newKey();
    expect(await redis.set(key, "Ærø 🌍", { ex: 60 })).toBe("OK");
    expect(await redis.get(key)).toBe("Ærø 🌍");
    expect(await redis.ttl(key)).toBeGreaterThan(0);
    expect(await redis.set(key, "other", { nx: true })).toBeNull();
    expect(await redis.getdel(key)).toBe("Ærø 🌍");
    expect(await redis.get(key)).toBeNull();
  });

  it("the word OK and numbers are values like any other", async () => {
    const key = newKey();
    await redis.set(key, "OK");
    expect(await redis.get(key)).toBe("OK");
    expect(await redis.mget(key, key, newKey())).toEqual(["OK", "OK", null]);
    await redis.set(key, 41);
    expect(await redis.incr(key)).toBe(42);
    expect(await redis.get(key)).toBe(42);
  });

  it("objects go in and out as JSON", async () => {
    const key = newKey();
    const tally = { yes: 3, regions: ["Oceania"], open: true };
    await redis.set(key, tally);
    expect(await redis.get(key)).toEqual(tally);
  });

  it("bytes that are no text survive", async () => {
    const key = newKey();
    const { url } = await services.redis.address();
    const direct = createClient({ url });
    await direct.connect();
    await direct.set(key, Buffer.from([0, 255, 128, 10]));
    await direct.close();
    const answer = await post("/", ["GET", key], { "upstash-encoding": "base64" });
    expect(await answer.json()).toEqual({ result: "AP+ACg==" });
  });

  it("hashes, lists, sets and sorted sets answer in the shapes that the client expects", async () => {
    const key = newKey();
    await redis.hset(`${key}h`, { yes: 1, no: "two" });
    expect(await redis.hgetall(`${key}h`)).toEqual({ yes: 1, no: "two" });
    expect(await redis.hget(`${key}h`, "no")).toBe("two");
    expect(await redis.hincrby(`${key}h`, "yes", 4)).toBe(5);
    await redis.rpush(`${key}l`, "a", "b");
    expect(await redis.lrange(`${key}l`, 0, -1)).toEqual(["a", "b"]);
    await redis.sadd(`${key}s`, "x");
    expect(await redis.sismember(`${key}s`, "x")).toBe(1);
    await redis.zadd(`${key}z`, { score: 1.5, member: "m" });
    expect(await redis.zrange(`${key}z`, 0, -1, { withScores: true })).toEqual(["m", 1.5]);
    const [, found] = await redis.scan(0, { match: `${key}*`, count: 100_000 });
    expect(found).toHaveLength(4);
  });

  it("a script compares and sets in one step", async () => {
    const key = newKey();
    const script =
      "if (tonumber(redis.call('GET', KEYS[1])) or 0) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], ARGV[1]) return 1 end return 0";
    expect(await redis.eval(script, [key], ["7"])).toBe(1);
    expect(await redis.eval(script, [key], ["5"])).toBe(0);
    expect(await redis.get(key)).toBe(7);
  });

  it("a pipeline answers each command in order, and an error spoils only its own", async () => {
    const key = newKey();
    const pipeline = redis.pipeline().set(key, "text").incr(key).get(key);
    const answers = await pipeline.exec({ keepErrors: true });
    expect(answers.map(({ result }) => result)).toEqual(["OK", undefined, "text"]);
    expect(answers[1]?.error).toMatch(/^ERR value is not an integer/);
  });

  it("commands of one turn travel together by themselves", async () => {
    const keys = Array.from({ length: 20 }, newKey);
    await Promise.all(keys.map((key, index) => redis.set(key, index)));
    expect(await Promise.all(keys.map((key) => redis.get(key)))).toEqual([...keys.keys()]);
  });

  it("a transaction runs all its commands or none", async () => {
    const key = newKey();
    expect(await redis.multi().set(key, 1).incr(key).get(key).exec()).toEqual(["OK", 2, 2]);
    const answer = await post("/multi-exec", [
      ["SET", key, "9"],
      ["SET", key],
    ]);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: "ERR wrong number of arguments for 'set' command",
    });
    expect(await redis.get(key)).toBe(2);
  });

  it("a command of a transaction that fails when it runs answers with its error, and the others stay done", async () => {
    const key = newKey();
    const answer = await post("/multi-exec", [
      ["SET", key, "a"],
      ["INCR", key],
      ["APPEND", key, "b"],
    ]);
    expect(await answer.json()).toEqual([
      { result: "OK" },
      { error: "ERR value is not an integer or out of range" },
      { result: 2 },
    ]);
  });

  it("an error of Redis reaches the caller in Redis's words", async () => {
    const key = newKey();
    await redis.set(key, "text");
    await expect(redis.lpush(key, "x")).rejects.toThrow(/WRONGTYPE Operation against a key/);
  });

  it.each([
    ["SUBSCRIBE", "channel"],
    ["blpop", "list", "0"],
    ["XREAD", "BLOCK", "0", "STREAMS", "s", "$"],
    ["CONFIG", "GET", "*"],
    ["SHUTDOWN"],
    ["MULTI"],
  ])("a command that would disturb others is refused: %s", async (...command) => {
    for (const path of ["/", "/pipeline"]) {
      const answer = await post(path, path === "/" ? command : [["PING"], command]);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ code: "redis.command_refused" });
    }
  });

  it("every answer carries a sync token, and a read after a write sees it", async () => {
    const key = newKey();
    const answer = await post("/", ["SET", key, "1"]);
    expect(answer.headers.get("upstash-sync-token")).not.toBeNull();
    expect(await redis.get(key)).toBe(1);
  });
});
