import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import { createApp } from "../../../../src/http/app.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { chooseCache } from "../../../../src/platform/adapters/cache.ts";
import { httpDependencies } from "../../../../src/platform/http-dependencies.ts";
import { castAndReport } from "../../../support/worker/objects.ts";
import { releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import { takeStep } from "../../../support/worker/decision-calls.ts";
import { openedDecision } from "../../../support/worker/decisions.ts";
import { eventually } from "../../../support/worker/eventually.ts";
import { readDecision } from "../../../support/worker/decision-calls.ts";

afterEach(releaseClock);

/** An isolate that counts what it asks rooms for results and outcomes. */
function countingIsolate() {
  const deps = httpDependencies(env, chooseCache(env));
  const asked = { results: 0, outcomes: 0 };
  const app = createApp({
    ...deps,
    results: {
      read: (...query) => {
        asked.results += 1;
        return deps.results.read(...query);
      },
    },
    decisions: {
      ...deps.decisions,
      outcome: (decisionId) => {
        asked.outcomes += 1;
        return deps.decisions.outcome(decisionId);
      },
    },
  });
  const read = async (path: string, seen: number | null = null) => {
    const headers: Record<string, string> = seen === null ? {} : { "if-none-match": `W/"${seen}"` };
    const answer = await app.request(`/api/v1/decisions/${path}`, { headers });
    return { status: answer.status, etag: answer.headers.get("etag"), text: await answer.text() };
  };
  return { asked, read };
}

const madeUp = Number.MAX_SAFE_INTEGER;

describe("whoever makes up a version that there is not yet", () => {
  it.each([
    ["results", "results"],
    ["results/north", "results"],
    ["outcome", "outcomes"],
  ] as const)("gets %s from the room as seldom as all of them together may", async (path, kind) => {
    const start = Date.now();
    stopClockAt(start);
    const id = await openedDecision();
    const { asked, read } = countingIsolate();
    expect((await read(`${id}/${path}`)).status).toBe(200);
    const statuses: number[] = [];
    for (let times = 0; times < 10; times += 1)
      statuses.push((await read(`${id}/${path}`, madeUp - times)).status);
    expect(asked[kind]).toBe(2);
    // The first is shown what there is; the others may go on with what they say they have.
    expect(statuses).toEqual([200, ...Array.from({ length: 9 }, () => 304)]);
    stopClockAt(start + limits.sharedAheadMs);
    expect((await read(`${id}/${path}`, madeUp)).status).toBe(200);
    expect(asked[kind]).toBe(3);
  });

  it("does not get a region that there is not", async () => {
    const id = await openedDecision();
    const { read } = countingIsolate();
    for (let times = 0; times < 3; times += 1)
      expect((await read(`${id}/results/west`, madeUp)).status).toBe(404);
  });

  it("asks nobody about a decision that is certified, which has had its last version", async () => {
    const id = await openedDecision();
    await takeStep(id, "close");
    await eventually("the certificate", async () =>
      (await readDecision(id)).body.status === "certified" ? true : null,
    );
    stopClockAt(Date.now());
    const { asked, read } = countingIsolate();
    for (const path of ["results", "outcome"]) {
      const { status, text } = await read(`${id}/${path}`);
      expect(status).toBe(200);
      for (let times = 0; times < 5; times += 1)
        expect((await read(`${id}/${path}`, madeUp)).text).toContain(text.slice(0, 60));
    }
    expect(asked).toEqual({ results: 1, outcomes: 1 });
  });
});

describe("a reader who has seen a newer version elsewhere", () => {
  it("keeps it, also while somebody else has just been to the room, and gets the next", async () => {
    const start = Date.now();
    stopClockAt(start);
    const id = await openedDecision();
    const [here, elsewhere] = [countingIsolate(), countingIsolate()];
    const path = `${id}/results`;
    await here.read(path);
    await here.read(path, madeUp);
    await castAndReport(id, 2, "yes", "north");
    const seen = (JSON.parse((await elsewhere.read(path)).text) as { version: number }).version;
    // What this isolate shares is older, and it has just been to the room for somebody else.
    expect(await here.read(path, seen)).toEqual({ status: 304, etag: `W/"${seen}"`, text: "" });
    await castAndReport(id, 1, "no", "south");
    stopClockAt(start + limits.snapshotFreshMs);
    const { status, etag } = await here.read(path, seen);
    expect([status, etag]).toEqual([200, `W/"${seen + 1}"`]);
  });
});
