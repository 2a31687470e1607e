import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import { limits } from "../../../src/shared/limits.ts";
import { adminKey, api } from "../../support/worker/api.ts";
import { castBatch, votesOf } from "../../support/worker/batches.ts";
import { releaseClock, stopClockAt } from "../../support/worker/clock.ts";
import { takeStep } from "../../support/worker/decision-calls.ts";
import { openedDecision } from "../../support/worker/decisions.ts";
import { openStream } from "../../support/worker/event-stream.ts";
import { roomOf, runRoomAlarm } from "../../support/worker/objects.ts";
import { refused } from "../../support/worker/problems.ts";
import type { ResultBody } from "../../support/worker/results.ts";
import { openSocket } from "../../support/worker/socket.ts";

afterEach(releaseClock);

type Seen = {
  results: ResultBody;
  etag: string | null;
  outcome: string;
  north: string;
  south: string;
  isListed: boolean;
  audit: string;
};

// Far ahead, so that the runtime calls no alarm by its own clock: one that is due by it and not by ours would come again and again.
const start = Date.parse("2036-11-29T08:00:00Z");

/** An open decision that is no roll call, with a clock that moves when it is told to. */
async function openedAt(given: Record<string, unknown> = {}): Promise<string> {
  stopClockAt(start);
  return openedDecision({
    disclosure: "pseudonymous",
    release_min: 5,
    opens_at: new Date(start).toISOString(),
    ...given,
  });
}

/** Votes one by one, and after each the room has heard of it, later than it may wait. */
async function voteOneByOne(
  id: string,
  votes: readonly [vote: string, region: string][],
  after: (votes: number) => Promise<void>,
): Promise<void> {
  for (const [index, [vote, region]] of votes.entries()) {
    stopClockAt(start + (index + 1) * 1_000);
    const name = `${id}-${index}`;
    await castBatch(id, votesOf(1, vote, region, name));
    await runRoomAlarm(id);
    await after(index + 1);
  }
}

/** Everything that anybody can see of it now, but for ages. */
async function look(id: string): Promise<Seen> {
  const path = `/api/v1/decisions/${id}`;
  const read = async (route: string, key: string | null = null) => {
    const { status, body } = await api<object>("GET", route, { key, afresh: true });
    return JSON.stringify([status, { ...body, age_ms: 0, trace_id: null, instance: null }]);
  };
  const { body, headers } = await api<ResultBody>("GET", `${path}/results`, { afresh: true });
  return {
    results: { ...body, age_ms: 0 },
    etag: headers.get("etag"),
    outcome: await read(`${path}/outcome`),
    north: await read(`${path}/results/north`),
    south: await read(`${path}/results/south`),
    // Other decisions, of other tests, come into the list meanwhile.
    isListed: (await read("/api/v1/regions/north/results")).includes(id),
    audit: await read(`${path}/audit`, adminKey),
  };
}

const rotating = ["yes", "no", "abstain"];
const votes: [string, string][] = Array.from({ length: 23 }, (_, index) => [
  rotating[index % 3] ?? "yes",
  index % 4 === 3 ? "south" : "north",
]);

/** How many ballots of a region are shown. */
function shownOf({ regions }: ResultBody, code: string): number {
  return regions.find(({ region }) => region === code)?.ballots ?? 0;
}

describe("a decision that is no roll call, before its close", () => {
  it("moves in every answer at once, and by at least the voters of a release", async () => {
    const id = await openedAt();
    const seen: Seen[] = [await look(id)];
    await voteOneByOne(id, votes, async () => {
      seen.push(await look(id));
    });
    const moments = seen.flatMap((now, index) => {
      const before = seen[index - 1];
      return before === undefined ? [] : [[before, now] as const];
    });
    const moved = moments.filter(([before, now]) => before.results.version !== now.results.version);
    for (const [before, now] of moments) {
      if (before.results.version === now.results.version) expect(now).toEqual(before);
    }
    // 18 of north are frozen at 5, 10 and 15, and shown one behind; five of south are not enough.
    expect(moved.map(([, { results }]) => shownOf(results, "north"))).toEqual([5, 10]);
    for (const [before, now] of moved) {
      expect(now.results.version).toBe(before.results.version + 1);
      expect(now.etag).not.toBe(before.etag);
      expect(Date.parse(now.results.as_of)).toBeGreaterThan(Date.parse(before.results.as_of));
      expect(now.outcome).not.toBe(before.outcome);
      expect(now.north).not.toBe(before.north);
    }
    const last = seen.at(-1);
    expect(last?.results).toMatchObject({
      release_min: 5,
      total: { ballots: 10 },
      regions: [{ region: "north", ballots: 10 }],
    });
    expect(last?.south).toContain("region.not_shown");
    expect(last?.audit).toContain("results.sealed");
    expect(last?.isListed).toBe(false);
    expect(JSON.parse(last?.outcome ?? "[]")).toMatchObject([
      200,
      { tally: { total: { ballots: 10 }, regions: [{ region: "north", ballots: 10 }] } },
    ]);
  });

  it("sends watchers a frame with each release and none in between", async () => {
    const id = await openedAt();
    const stream = await openStream(id);
    const socket = await openSocket(id);
    expect(await stream.next()).toMatchObject({ event: "state", body: { total: { ballots: 0 } } });
    expect(await socket.next()).toMatchObject({ type: "state", total: { ballots: 0 } });
    await voteOneByOne(
      id,
      Array.from({ length: 15 }, () => ["yes", "north"]),
      async (cast) => {
        await look(id);
        if (cast !== 10 && cast !== 15) return;
        // On a busy machine a frame could else come with the next one.
        const ballots = cast - 5;
        expect(await stream.next()).toMatchObject({ event: "delta", body: { total: { ballots } } });
        expect(await socket.next()).toMatchObject({ type: "delta", total: { ballots } });
      },
    );
    socket.close();
    await stream.close();
  });

  it("shows turnout the same way", async () => {
    const id = await openedAt({ visibility: "turnout" });
    await castBatch(id, votesOf(7, "yes", "north", "first"));
    const before = await look(id);
    expect(before.results).toMatchObject({ release_min: 5, turnout: { voters: 0 }, regions: [] });
    stopClockAt(start + 1_000);
    await castBatch(id, votesOf(5, "no", "north", "then"));
    expect((await look(id)).results).toMatchObject({
      turnout: { voters: 7 },
      regions: [{ region: "north", turnout: { voters: 7 } }],
    });
  });

  it("without regions is released as one", async () => {
    const id = await openedAt({ regions: [] });
    const withoutRegion = (count: number, name: string) =>
      votesOf(count, "yes", "", name).map(({ voter_id, vote }) => ({ voter_id, vote }));
    await castBatch(id, withoutRegion(5, "first"));
    expect((await look(id)).results).toMatchObject({ total: { ballots: 0 }, regions: [] });
    stopClockAt(start + 1_000);
    await castBatch(id, withoutRegion(6, "then"));
    expect((await look(id)).results).toMatchObject({ total: { ballots: 5 }, regions: [] });
  });

  it("shows what it has shown once its room begins anew, and goes on from there", async () => {
    const id = await openedAt();
    for (const [index, name] of ["a", "b"].entries()) {
      stopClockAt(start + index * 1_000);
      await castBatch(id, votesOf(5, "yes", "north", name));
      await look(id);
    }
    const before = await look(id);
    expect(before.results).toMatchObject({ total: { ballots: 5 } });
    await castBatch(id, votesOf(4, "no", "north", "c"));
    await evictDurableObject(roomOf(id));
    expect(await look(id)).toEqual(before);
    stopClockAt(start + 5_000);
    await castBatch(id, votesOf(1, "no", "north", "d"));
    expect((await look(id)).results).toMatchObject({
      version: before.results.version + 1,
      total: { ballots: 10 },
    });
  });

  it("releases at most four times a second, and then all that has come", async () => {
    const id = await openedAt({ release_min: 2 });
    const movesOf = (name: string) => castBatch(id, votesOf(2, "yes", "north", name));
    await movesOf("a");
    const first = await look(id);
    stopClockAt(start + limits.releaseDelayMs - 1);
    await movesOf("b");
    expect(await look(id)).toEqual(first);
    await movesOf("c");
    stopClockAt(start + limits.releaseDelayMs);
    // What is frozen then is everything, and what is shown the state before.
    expect((await look(id)).results).toMatchObject({ total: { ballots: 2 } });
    stopClockAt(start + 2 * limits.releaseDelayMs);
    await movesOf("d");
    expect((await look(id)).results).toMatchObject({ total: { ballots: 6 } });
  });

  it("keeps one row a release, whatever number of regions moves", async () => {
    const regions = Array.from({ length: 40 }, (_, index) => ({ code: `region ${index}` }));
    const id = await openedAt({ regions, release_min: 2 });
    const keptKeys = () =>
      runInDurableObject(roomOf(id), (_, { storage }) =>
        [...storage.kv.list({ prefix: "releases" })].map(([key]) => key),
      );
    await castBatch(
      id,
      regions.flatMap(({ code }) => votesOf(2, "yes", code, `first ${code}`)),
    );
    await look(id);
    expect(await keptKeys()).toEqual(["releases", "releases/0"]);
    stopClockAt(start + 1_000);
    await castBatch(
      id,
      regions.flatMap(({ code }) => votesOf(2, "no", code, `then ${code}`)),
    );
    expect((await look(id)).results.regions).toHaveLength(40);
    expect(await keptKeys()).toEqual(["releases", "releases/0"]);
  });
});

describe("a decision that is no roll call, after its close", () => {
  it("shows the exact whole, and no region before certification", async () => {
    const id = await openedAt();
    await castBatch(id, votesOf(12, "yes", "north"));
    await look(id);
    stopClockAt(start + 1_000);
    await castBatch(id, [...votesOf(8, "no", "north", "more"), ...votesOf(3, "no", "south")]);
    const before = await look(id);
    expect(before.results).toMatchObject({ total: { ballots: 12 }, regions: [{ ballots: 12 }] });
    expect((await takeStep(id, "close")).body.status).toBe("closed");
    const after = await look(id);
    expect(after.results).toMatchObject({ final: true, total: { ballots: 23 }, regions: [] });
    expect(after.results.version).toBeGreaterThan(before.results.version);
    expect(after.results).not.toHaveProperty("release_min");
    expect(JSON.parse(after.outcome)).toMatchObject([
      200,
      { final: true, forecast: null, tally: { total: { ballots: 23 }, regions: [] } },
    ]);
    const path = `/api/v1/decisions/${id}/results/north`;
    await refused("GET", path, { afresh: true }, 403, "region.not_shown");
    expect(after.isListed).toBe(false);
    const rows = await env.DB.prepare("SELECT * FROM regional_results WHERE decision_id = ?")
      .bind(id)
      .all();
    expect(rows.results).toEqual([]);
  });

  it("in the end of a council of seven shows the whole alone", async () => {
    const id = await openedAt();
    await castBatch(id, votesOf(7, "yes", "north"));
    expect((await look(id)).results).toMatchObject({ total: { ballots: 0 } });
    await takeStep(id, "close");
    expect((await look(id)).results).toMatchObject({ final: true, total: { ballots: 7 } });
  });
});
