import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import { memoryCache } from "../../../src/cache/memory.ts";
import type { ResultCache } from "../../../src/cache/result-cache.ts";
import { createApp } from "../../../src/http/app.ts";
import { limits } from "../../../src/shared/limits.ts";
import { chooseCache } from "../../../src/platform/adapters/cache.ts";
import { httpDependencies } from "../../../src/platform/http-dependencies.ts";
import { adminKey, api } from "../../support/worker/api.ts";
import { castBatch, votesOf } from "../../support/worker/batches.ts";
import { releaseClock, stopClockAt } from "../../support/worker/clock.ts";
import { takeStep } from "../../support/worker/decision-calls.ts";
import { draftDecision, openedDecision } from "../../support/worker/decisions.ts";
import { forgetBacklog } from "../../support/worker/backlog.ts";
import { expectLogged } from "../../support/error-lines.ts";
import { eventually } from "../../support/worker/eventually.ts";
import { reportToRoom } from "../../support/worker/objects.ts";
import { readResults, type ResultBody } from "../../support/worker/results.ts";

afterEach(releaseClock);

/** An isolate of its own before a cache that several of them share. */
function isolateWith(cache: ResultCache) {
  const app = createApp(
    httpDependencies(env, { cache, fault: null, state: () => Promise.resolve("ok") }),
  );
  return async (path: string, seen?: string) => {
    const headers = seen === undefined ? {} : { "if-none-match": seen };
    const answer = await app.request(`/api/v1/decisions/${path}`, { headers });
    const text = await answer.text();
    const body = (text === "" ? null : JSON.parse(text)) as ResultBody;
    return { status: answer.status, etag: answer.headers.get("etag"), body };
  };
}

/** A closed decision of three votes whose result some isolate has put into the cache. */
async function cachedDecision(): Promise<{ id: string; cache: ResultCache; text: string }> {
  const cache = memoryCache(() => Date.now());
  const id = await openedDecision();
  await castBatch(id, [...votesOf(2, "yes", "north"), ...votesOf(1, "no", "south")]);
  await takeStep(id, "close");
  await isolateWith(cache)(`${id}/results`);
  const text = await eventually("an entry in the cache", async () => {
    const look = await cache.look(id);
    return look.kind === "found" ? look.text : null;
  });
  return { id, cache, text };
}

/** What the cache says instead, so that a read shows where it comes from. */
function forge(text: string, more: Record<string, unknown>): string {
  return JSON.stringify({ ...(JSON.parse(text) as Record<string, unknown>), ...more });
}

describe("results before which a cache stands", () => {
  it("are the room's own, whole and by region, with their ETag and an honest age", async () => {
    const { id, cache } = await cachedDecision();
    const direct = await readResults(id);
    const later = Date.parse(direct.body.as_of) + 7_200_000;
    stopClockAt(later);
    const read = isolateWith(cache);
    const { status, etag, body } = await read(`${id}/results`);
    expect([status, etag]).toEqual([200, direct.headers.get("etag")]);
    expect(body).toEqual({ ...direct.body, age_ms: 7_200_000 });
    expect((await read(`${id}/results/north`)).body).toMatchObject({ total: { ballots: 2 } });
    expect((await read(`${id}/results/west`)).status).toBe(404);
    const unchanged = await read(`${id}/results`, etag ?? "");
    expect([unchanged.status, unchanged.body]).toEqual([304, null]);
  });

  it("come from the cache once they are final", async () => {
    const { id, cache, text } = await cachedDecision();
    const { version } = JSON.parse(text) as { version: number };
    const marked = forge(text, { asOf: 1_000 });
    await cache.keep(id, { version, text: marked, lifeMs: limits.cacheColdMs });
    expect((await isolateWith(cache)(`${id}/results`)).body.as_of).toBe("1970-01-01T00:00:01.000Z");
  });

  it("come from the room for a reader who has seen a newer version than the cache holds", async () => {
    const { id, cache, text } = await cachedDecision();
    const { version } = JSON.parse(text) as { version: number };
    const behind = memoryCache(() => Date.now());
    const older = forge(text, { version: version - 1, asOf: 1_000 });
    await behind.keep(id, { version: version - 1, text: older, lifeMs: limits.cacheColdMs });
    const { status, etag } = await isolateWith(behind)(`${id}/results`, `W/"${version}"`);
    expect([status, etag]).toEqual([304, `W/"${version}"`]);
    expect(await cache.look(id)).toMatchObject({ version });
  });

  it("come from the room while the decision is open, whatever the cache holds", async () => {
    const cache = memoryCache(() => Date.now());
    const id = await openedDecision();
    const read = isolateWith(cache);
    expect((await read(`${id}/results`)).body.total.ballots).toBe(0);
    await castBatch(id, votesOf(4, "yes", "north"));
    await reportToRoom(id);
    stopClockAt(Date.now() + limits.sharedReadMs + 1);
    for (const reader of [read, isolateWith(cache)]) {
      const { body } = await reader(`${id}/results`);
      expect(body).toMatchObject({ status: "open", total: { ballots: 4 } });
    }
  });

  it("of a draft are in no cache, and an id without a decision stays unknown", async () => {
    const cache = memoryCache(() => Date.now());
    const id = await draftDecision();
    const read = isolateWith(cache);
    expect((await read(`${id}/results`)).status).toBe(404);
    const path = `/api/v1/decisions/${id}/results`;
    expect((await api("GET", path, { key: adminKey })).status).toBe(200);
    expect((await read("nobody/results")).status).toBe(404);
    for (const name of [id, "nobody"]) expect((await cache.look(name)).kind).toBe("missing");
  });
});

describe("readiness", () => {
  const readiness = async (variables: Record<string, string>) => {
    const chosen = chooseCache({
      CACHE: "none",
      REDIS_REST_URL: "",
      TOKEN_ISSUER: "test",
      ...variables,
    });
    await forgetBacklog();
    const app = createApp(httpDependencies(env, chosen));
    const answer = await app.request("/readyz");
    const id = await openedDecision();
    const read = await app.request(`/api/v1/decisions/${id}/results`);
    const body = await answer.json<{ status: string; cache: string }>();
    return [answer.status, body.status, body.cache, read.status];
  };

  it("says that there is no cache, and that this is as configured", async () => {
    expect(await readiness({})).toEqual([200, "ready", "off", 200]);
  });

  it("names a wrong configuration, with which everything works on", async () => {
    expect(await readiness({ CACHE: "redis" })).toEqual([200, "ready", "misconfigured", 200]);
    await expectLogged("cache.misconfigured");
  });

  it("names a Redis that is not there, without which everything works on", async () => {
    const nowhere = { REDIS_REST_URL: "http://127.0.0.1:9", REDIS_REST_TOKEN: "token" };
    const answer = await readiness({ CACHE: "redis", ...nowhere });
    expect(answer).toEqual([200, "ready", "unreachable", 200]);
    await expectLogged("cache.unreachable");
  });
});
