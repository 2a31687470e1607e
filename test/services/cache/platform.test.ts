import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "redis";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { randomNonce } from "../../../src/client/draw-nonce.ts";
import { bootPlatform, type LocalPlatform } from "../../../scripts/local-platform/boot.ts";
import { limits } from "../../../src/shared/limits.ts";
import { services } from "../../support/services/services.ts";
import { localId } from "../../support/local-id.ts";

const folder = mkdtempSync(join(tmpdir(), "enviro-cache-"));
/** Far above what a read takes on a busy machine, far below what a cache that hangs would make of it. */
const readMsMax = 2_000;
const votesCast = 30;
let platform: LocalPlatform;
let redis: Awaited<ReturnType<typeof connect>>;
let decisions = 0;

const resultBody = z.object({
  status: z.string(),
  version: z.int(),
  total: z.object({ ballots: z.int(), yes: z.object({ ballots: z.int() }) }),
});

const statisticsBody = z.object({
  indexed_to: z.iso.datetime().nullable(),
  computed_at: z.iso.datetime(),
});

async function connect() {
  const { url } = await services.redis.address();
  return createClient({ url })
    .on("error", () => {})
    .connect();
}

beforeAll(async () => {
  const { url, token } = await services.gateway.address();
  const vars = { CACHE: "redis", REDIS_REST_URL: url, REDIS_REST_TOKEN: token };
  platform = await bootPlatform({ stateFolder: join(folder, "state"), port: 0, vars });
  redis = await connect();
  await redis.flushAll();
});

afterEach(async () => {
  services.redis.thaw();
  await services.redis.start();
});

afterAll(async () => {
  redis.destroy();
  await platform.stop();
  rmSync(folder, { recursive: true });
});

async function call(method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${platform.origin}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${platform.adminKey}`,
      "content-type": "application/json",
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  expect(answer.status, text).toBeLessThan(300);
  return JSON.parse(text);
}

/** A new decision, so that nothing that this Worker remembers answers for it; with votes, and closed if that is wanted. */
async function decide(end: "open" | "closed"): Promise<string> {
  decisions += 1;
  const slug = `cached-${decisions}`;
  const id = localId(slug);
  const path = `/api/v1/decisions/${id}`;
  const regions = [{ code: "upper" }, { code: "lower" }];
  await call("POST", "/api/v1/decisions", {
    slug,
    title: "Reopen the floodplain",
    disclosure: "roll_call",
    ends_early: "by_organiser",
    regions,
  });
  await call("POST", `${path}/open`);
  const votes = Array.from({ length: votesCast }, (_, index) => ({
    voter_id: `voter-${index}`,
    vote: index % 3 === 0 ? "no" : "yes",
    region: index % 2 === 0 ? "upper" : "lower",
    nonce: randomNonce(),
  }));
  const cast = await call("POST", `${path}/votes/batch`, { votes });
  expect(cast).toMatchObject({ accepted: votesCast });
  if (end === "closed") await call("POST", `${path}/close`);
  return id;
}

async function read(id: string): Promise<z.infer<typeof resultBody>> {
  const startedAt = performance.now();
  const body = resultBody.parse(await call("GET", `/api/v1/decisions/${id}/results`));
  expect(performance.now() - startedAt).toBeLessThan(readMsMax);
  return body;
}

const right = { total: { ballots: votesCast, yes: { ballots: (votesCast * 2) / 3 } } };

/** Votes are taken, and what is open and what is closed is read as it is. */
async function expectAllWell(): Promise<void> {
  const [closed, open] = [await decide("closed"), await decide("open")];
  // An open decision's room has heard of its votes by then.
  await expect.poll(() => read(open), { timeout: 10_000 }).toMatchObject(right);
  for (let reads = 0; reads < 5; reads += 1) {
    expect(await read(closed)).toMatchObject({ status: "closed", ...right });
  }
}

const namesOf = (id: string) => {
  const tagged = `enviro-governance:result:{${id}}`;
  return { newest: `${tagged}:version`, claim: `${tagged}:claim` };
};

/** The version of a decision that is in Redis with its entry, or null. */
async function versionInRedis(id: string): Promise<number | null> {
  const { newest } = namesOf(id);
  const version = (await redis.type(newest)) === "string" ? await redis.get(newest) : null;
  if (version === null || (await redis.type(`${newest}:${version}`)) !== "string") return null;
  // What the platform keeps expires.
  return (await redis.pTTL(`${newest}:${version}`)) > 0 ? Number(version) : null;
}

describe("the platform with Redis before its results", () => {
  it("keeps a closed decision's result in Redis under its version, for the time of its tier, without a voter", async () => {
    const id = await decide("closed");
    // The room puts it there, before anybody reads it.
    const version = await versionInRedis(id);
    expect((await read(id)).version).toBe(version);
    const entry = `${namesOf(id).newest}:${version}`;
    const left = await redis.pTTL(entry);
    expect(left).toBeGreaterThan(limits.cacheColdMs - 60_000);
    expect(left).toBeLessThanOrEqual(limits.cacheColdMs);
    expect(await redis.get(entry)).not.toMatch(/voter-|pid/);
    await expect
      .poll(() => call("GET", "/readyz"), { timeout: 20_000 })
      .toMatchObject({ status: "ready", cache: "ok" });
  });

  it("shows what is in Redis instead of asking the room", async () => {
    const id = await decide("closed");
    const { version } = await read(id);
    await expect.poll(() => versionInRedis(id)).toBe(version);
    const { newest } = namesOf(id);
    const text = (await redis.get(`${newest}:${version}`)) ?? "";
    const marked = text.replace(`"version":${version}`, `"version":${version + 1}`);
    await redis.set(`${newest}:${version + 1}`, marked, { PX: limits.cacheColdMs });
    await redis.set(newest, String(version + 1), { PX: limits.cacheColdMs });
    await expect.poll(async () => (await read(id)).version, { timeout: 10_000 }).toBe(version + 1);
  });

  it("keeps statistics in Redis for an hour, by what is indexed, and counts without it", async () => {
    const id = await decide("closed");
    for (const [path, name] of [
      ["/api/v1/stats", "statistics_of_all"],
      [`/api/v1/decisions/${id}/stats`, `statistics_of_${id}`],
    ] as const) {
      const computed = statisticsBody.parse(await call("GET", path));
      const version = await versionInRedis(name);
      expect(version).toBe(computed.indexed_to === null ? 0 : Date.parse(computed.indexed_to));
      const left = await redis.pTTL(`${namesOf(name).newest}:${version}`);
      expect(left).toBeLessThanOrEqual(limits.statisticsKeptMs);
      const again = statisticsBody.parse(await call("GET", path));
      expect(again.computed_at).toBe(computed.computed_at);
    }
    services.redis.freeze();
    const other = await decide("closed");
    await call("GET", `/api/v1/decisions/${other}/stats`);
  });

  it("works on when Redis is flushed, and fills it again", async () => {
    const id = await decide("closed");
    const { version } = await read(id);
    await expect.poll(() => versionInRedis(id)).toBe(version);
    await redis.flushAll();
    await expectAllWell();
    const refilled = async () => [await read(id), await versionInRedis(id)];
    await expect.poll(refilled, { timeout: 10_000 }).toMatchObject([right, version]);
  });

  it("takes garbage of the wrong type under any of its names for nothing, and puts the right thing in its place", async () => {
    type Names = { newest: string; claim: string; entry: string };
    type Damage = (change: ReturnType<typeof redis.multi>, names: Names) => unknown;
    // What was there goes with the damage, so that nobody puts it back in between.
    const breakings: Damage[] = [
      (change, { newest }) => change.del(newest).hSet(newest, "yes", "1"),
      (change, { newest }) => change.set(newest, "no figure"),
      (change, { newest }) => change.set(newest, "9999999999999999"),
      // A claim only matters where nothing else is there.
      (change, { newest, claim, entry }) => change.del([newest, entry, claim]).lPush(claim, "x"),
      (change, { entry }) => change.del(entry).sAdd(entry, "x"),
      (change, { entry }) => change.set(entry, "\u0000garbage"),
    ];
    for (const damage of breakings) {
      const id = await decide("closed");
      const { version } = await read(id);
      await expect.poll(() => versionInRedis(id)).toBe(version);
      const { newest, claim } = namesOf(id);
      const change = redis.multi();
      damage(change, { newest, claim, entry: `${newest}:${version}` });
      await change.exec();
      const mended = async () => [await read(id), await versionInRedis(id)];
      await expect.poll(mended, { timeout: 10_000 }).toMatchObject([right, version]);
    }
    await expectAllWell();
  });

  it.each([
    ["has no memory left", { maxmemory: "1" }, { maxmemory: "0" }],
    [
      "lacks the replicas that it asks for",
      { "min-replicas-to-write": "1" },
      { "min-replicas-to-write": "0" },
    ],
  ])("says that Redis refuses writes where it %s, and works on", async (_, broken, mended) => {
    await redis.configSet(broken);
    try {
      await expectAllWell();
      await expect
        .poll(() => call("GET", "/readyz"), { timeout: 20_000 })
        .toMatchObject({ status: "ready", cache: "refuses_writes" });
    } finally {
      await redis.configSet(mended);
    }
    await expect
      .poll(() => call("GET", "/readyz"), { timeout: 20_000 })
      .toMatchObject({ cache: "ok" });
  });

  it("takes votes and shows results while Redis hangs", async () => {
    services.redis.freeze();
    await expectAllWell();
    await expect
      .poll(() => call("GET", "/readyz"), { timeout: 20_000 })
      .toMatchObject({ status: "ready", cache: "unreachable" });
  });

  it("takes votes and shows results while Redis is stopped, and uses it again once it is back", async () => {
    await services.redis.stop();
    await expectAllWell();
    await services.redis.start();
    const id = await decide("closed");
    const used = async () => [await read(id), (await versionInRedis(id)) !== null];
    await expect
      .poll(used, { timeout: limits.cachePauseMs + 20_000, interval: 500 })
      .toMatchObject([right, true]);
  });
});
