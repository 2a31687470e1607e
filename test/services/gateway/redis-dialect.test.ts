import { randomUUID } from "node:crypto";
import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepScript, lookScript, resultNamesOf } from "../../../src/shared/redis-cache-scripts.ts";
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

  const newNames = () => resultNamesOf("test", randomUUID());
  const newClaim = () => newNames().claim;
  /** What the cache sends for a claim, which is answered with OK once and then with null. */
  const setting = (claim: string) => ["SET", claim, "1", "NX", "PX", "60000"];
  /** What the cache's probe sends; with a life of 0 it is an error of Redis. */
  const probing = (life: string) => ["SET", "test:probe", "1", "PX", life];
  const claimed = { nx: true, px: 60_000 } as const;

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

  it("a claim is taken once, with its time to live", async () => {
    const claim = newClaim();
    expect(await redis.set(claim, "1", claimed)).toBe("OK");
    expect(await redis.set(claim, "1", claimed)).toBeNull();
    expect(await direct.get(claim)).toBe("1");
    expect(await direct.ttl(claim)).toBeGreaterThan(0);
  });

  it("the cache's scripts keep the newest version, and find it with whatever bytes it has", async () => {
    const { newest: key, claim } = newNames();
    const names = [key, claim];
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
    const claim = newClaim();
    const answer = await post("/pipeline", [setting(claim), probing("0"), setting(claim)]);
    expect(await answer.json()).toEqual([
      { result: "OK" },
      { error: expect.stringContaining("invalid expire time") },
      { result: null },
    ]);
  });

  it("commands of one turn travel together by themselves", async () => {
    const claims = Array.from({ length: 20 }, newClaim);
    await Promise.all(claims.map((claim) => redis.set(claim, "1", claimed)));
    expect(await direct.mGet(claims)).toEqual(claims.map(() => "1"));
  });

  it("a transaction runs all its commands or none", async () => {
    const claim = newClaim();
    const both = redis.multi().set(claim, "1", claimed).set(claim, "1", claimed);
    expect(await both.exec()).toEqual(["OK", null]);
    const other = newClaim();
    const answer = await post("/multi-exec", [setting(other), ["GET", claim]]);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: "redis.command_refused" });
    expect(await direct.get(other)).toBeNull();
  });

  it("a command of a transaction that fails when it runs answers with its error, and the others stay done", async () => {
    const { newest, claim } = newNames();
    const names = [newest, claim, `${newest}:1`];
    const answer = await post("/multi-exec", [
      setting(claim),
      ["EVAL", keepScript, 3, ...names, "1", "text", "0"],
      setting(newClaim()),
    ]);
    expect(await answer.json()).toEqual([
      { result: "OK" },
      { error: expect.stringContaining("invalid expire time") },
      { result: "OK" },
    ]);
  });

  it("an error of Redis reaches the caller in Redis's words", async () => {
    await expect(redis.set("test:probe", "1", { px: 0 })).rejects.toThrow(/invalid expire time/);
  });

  it("what others keep in the same Redis is neither read nor overwritten", async () => {
    const key = `others:${randomUUID()}`;
    await direct.set(key, "theirs");
    const { newest, claim } = newNames();
    for (const command of [
      ["SET", key, "x", "NX", "GET"],
      ["SET", key, "1", "PX", "1000"],
      ["EVAL", keepScript, 3, newest, key, `${newest}:1`, "1", "text", "1000"],
      ["EVAL", lookScript, 2, key, claim, "1000"],
    ])
      expect(await (await post("/", command)).json()).toMatchObject({
        code: "redis.command_refused",
      });
    expect(await direct.get(key)).toBe("theirs");
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
      const answer = await post(path, path === "/" ? command : [probing("1000"), command]);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ code: "redis.command_refused" });
    }
    expect(await direct.ping()).toBe("PONG");
  });

  it("every answer carries a sync token, and what was written is there", async () => {
    const claim = newClaim();
    const answer = await post("/", setting(claim));
    expect(answer.headers.get("upstash-sync-token")).not.toBeNull();
    expect(await direct.get(claim)).toBe("1");
  });
});
