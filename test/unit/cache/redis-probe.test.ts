import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { redisCache } from "../../../src/cache/redis/redis.ts";

let server: Server | null = null;
afterEach(() => server?.close());

/** A cache at a Redis whose every answer is this one. */
async function cacheAt(status: number, answer: object) {
  const asked: string[] = [];
  server = createServer((request, response) => {
    request.on("data", (body: Buffer) => asked.push(body.toString()));
    request.on("end", () => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return { asked, cache: redisCache({ url, token: "t", deployment: "delta" }, 10_000) };
}

describe("the probe of Redis", () => {
  it("writes under a name of its own, which does not stay", async () => {
    const { cache, asked } = await cacheAt(200, { result: "OK" });
    expect(await cache.probe()).toBe("ok");
    expect(asked.map((body) => JSON.parse(body))).toEqual([
      ["set", "delta:probe", "1", "px", 1_000],
    ]);
  });

  it.each([
    "READONLY You can't write against a read only replica.",
    "OOM command not allowed when used memory > 'maxmemory'.",
    "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk.",
    "NOREPLICAS Not enough good replicas to write.",
    "NOPERM User default has no permissions to run the 'set' command",
  ])("tells a refusal to write from an outage: %s", async (error) => {
    const { cache } = await cacheAt(400, { error });
    expect(await cache.probe()).toBe("refuses_writes");
  });

  it("rejects where Redis can't be used at all", async () => {
    const { cache } = await cacheAt(401, { error: "WRONGPASS invalid or missing auth token" });
    await expect(cache.probe()).rejects.toThrow("WRONGPASS");
    const { cache: away } = await cacheAt(503, { error: "Redis does not answer" });
    await expect(away.probe()).rejects.toThrow("does not answer");
  });
});
