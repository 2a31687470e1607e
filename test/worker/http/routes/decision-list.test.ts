import { runDurableObjectAlarm } from "cloudflare:test";
import { afterEach, describe, expect, it } from "vitest";
import { limits } from "../../../../src/shared/limits.ts";
import { api } from "../../../support/worker/api.ts";
import { castBatch, votesOf } from "../../../support/worker/batches.ts";
import { releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import {
  decisionsPath,
  readDecision,
  takeStep,
  type DecisionBody,
} from "../../../support/worker/decision-calls.ts";
import { openedDecision } from "../../../support/worker/decisions.ts";
import { roomOf, runRoomAlarm } from "../../../support/worker/objects.ts";
import { refused } from "../../../support/worker/problems.ts";
import { readAfresh } from "../../../support/worker/results.ts";
import { walkPages } from "../../../support/worker/walk-pages.ts";

afterEach(releaseClock);

describe("the list of decisions", () => {
  type Page = { items: DecisionBody[]; next: string | null };
  const page = async (query: string) => (await api<Page>("GET", `${decisionsPath}?${query}`)).body;

  const walk = (perPage: number, query = "", between?: () => Promise<unknown>) =>
    walkPages<DecisionBody>(`${decisionsPath}${query}`, perPage, between);

  it("is newest first over all pages, none twice and none missing, also of one millisecond and while others are created", async () => {
    const start = Date.now();
    const ids: string[] = [];
    for (const moment of [0, 0, 0, 1, 1, 2, 3]) {
      stopClockAt(start + 10_000 + moment);
      ids.push(await openedDecision());
    }
    await writeRows(ids);
    const seen = await walk(2, "", async () => {
      stopClockAt(start + 20_000);
      await writeRows([await openedDecision()]);
    });
    const known = seen.filter(({ id }) => ids.includes(id));
    expect(known.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    const times = seen.map(({ created_at }) => created_at);
    expect(times).toEqual(times.toSorted().toReversed());
  });

  it("of one status holds those alone, and follows each through its life", async () => {
    const id = await openedDecision();
    await writeRows([id]);
    const has = async (status: string) => {
      const items = await walk(100, `?status=${status}`);
      expect(items.every((item) => item.status === status)).toBe(true);
      return items.some((item) => item.id === id);
    };
    expect([await has("open"), await has("draft"), await has("closed")]).toEqual([
      true,
      false,
      false,
    ]);
    await takeStep(id, "close");
    expect([await has("open"), await has("closed")]).toEqual([false, true]);
  });

  it("shows each decision as reading it does", async () => {
    const id = await openedDecision({
      description: "Über alles",
      shards: 3,
      location_hints: ["oc"],
    });
    await writeRows([id]);
    const items = await walk(100);
    const { body } = await readDecision(id);
    expect(items.find((item) => item.id === id)).toEqual({ ...body, result: null });
  });

  it("has 20 items a page unless it is asked for up to 100", async () => {
    for (let count = 0; count < 21; count += 1) await writeRows([await openedDecision()]);
    expect((await page("")).items.length).toBe(20);
    expect((await page("per_page=1")).items.length).toBe(1);
    for (const query of [
      "per_page=0",
      "per_page=101",
      "per_page=-1",
      "per_page=1.5",
      "per_page=",
    ]) {
      await refused("GET", `${decisionsPath}?${query}`, {}, 400, "query.invalid");
    }
  });

  it.each([
    ["noise", "!!!"],
    ["empty", ""],
    ["JSON of another list", encode({ shard: 0, seq: 1 })],
    ["a cursor of the regional list", encode("some-decision")],
    ["a member of the wrong type", encode({ createdAt: "1", id: "x" })],
    ["a list", encode([1, "x"])],
    ["null", encode(null)],
    ["inherited names", encode({ __proto__: { createdAt: 1, id: "x" } })],
    ["too long", "A".repeat(513)],
  ])("refuses a cursor that is %s", async (_, after) => {
    await refused("GET", `${decisionsPath}?after=${after}`, {}, 400, "query.invalid");
  });

  it("refuses a status that there is not", async () => {
    await refused("GET", `${decisionsPath}?status=pending`, {}, 400, "query.invalid");
  });
});

describe("what the list says of a decision's results", () => {
  type Listed = DecisionBody & { result: object | null };
  const resultOf = async (id: string) => {
    const items = await walkPages<Listed>(decisionsPath, 100);
    return items.find((item) => item.id === id)?.result;
  };
  /** Has what was voted reach the room, and the list a minute later. */
  const listLater = async (id: string) => {
    await runRoomAlarm(id);
    stopClockAt(Date.now() + limits.listedResultDelayMs);
    await runDurableObjectAlarm(roomOf(id));
  };
  /** A decision of this visibility in which so many have voted yes, with the clock stopped. */
  const votedIn = async (votes: number, given: object) => {
    stopClockAt(Date.now());
    const id = await openedDecision({ ...given });
    await castBatch(id, votesOf(votes, "yes", "north"));
    await listLater(id);
    return id;
  };

  it("is the whole as its results show it, and the verdict once it is closed", async () => {
    const id = await votedIn(2, { visibility: "live" });
    const { body: shown } = await readAfresh(id);
    expect(await resultOf(id)).toEqual({
      outcome: null,
      status: "open",
      shows: "counts",
      final: false,
      version: shown.version,
      as_of: shown.as_of,
      total: shown.total,
    });
    await takeStep(id, "close");
    expect(await resultOf(id)).toMatchObject({
      outcome: "carried",
      status: "closed",
      final: true,
      total: { yes: { ballots: 2, weight: "2" } },
    });
  });

  it("moves before the close with releases alone, outside roll calls", async () => {
    const given = { visibility: "live", disclosure: "pseudonymous", release_min: 2 };
    const id = await votedIn(2, given);
    // The first release is frozen, and shown with the second.
    expect(await resultOf(id)).toMatchObject({ total: { ballots: 0 } });
    for (const name of ["b", "c"]) await castBatch(id, votesOf(1, "no", "north", name));
    await listLater(id);
    expect(await resultOf(id)).toMatchObject({ total: { ballots: 2, yes: { ballots: 2 } } });
    await castBatch(id, votesOf(1, "no", "north", "d"));
    await listLater(id);
    expect(await resultOf(id)).toMatchObject({ total: { ballots: 2 } });
  });

  it("is turnout alone where that is all that is shown, and nothing of a sealed one", async () => {
    const turnout = await votedIn(3, { visibility: "turnout" });
    const sealed = await votedIn(3, { visibility: "sealed" });
    expect(await resultOf(turnout)).toEqual({
      outcome: null,
      status: "open",
      shows: "turnout",
      final: false,
      version: expect.any(Number),
      as_of: expect.any(String),
      turnout: { voters: 3, weight: "3" },
    });
    expect(await resultOf(sealed)).toBeNull();
    await takeStep(sealed, "close");
    expect(await resultOf(sealed)).toMatchObject({ outcome: "carried", total: { ballots: 3 } });
  });
});

/** Lets the list follow now and not half a second later, which a stopped clock would never reach. */
async function writeRows(ids: readonly string[]): Promise<void> {
  for (const id of ids) await runDurableObjectAlarm(roomOf(id));
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
