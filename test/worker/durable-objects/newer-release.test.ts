import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { CallTarget, VersionedCall } from "../../../src/shared/versioned-call.ts";
import { allowLogged, expectLogged } from "../../support/error-lines.ts";
import { adminKey, send, type ProblemBody } from "../../support/worker/api.ts";
import { castBatch, votesOf } from "../../support/worker/batches.ts";
import { releaseClock, stopClockAt } from "../../support/worker/clock.ts";
import { readDecision, takeStep } from "../../support/worker/decision-calls.ts";
import { openedDecision } from "../../support/worker/decisions.ts";
import { eventually } from "../../support/worker/eventually.ts";
import { firstAdmin } from "../../support/worker/keys.ts";
import { roomOf, shardStub } from "../../support/worker/objects.ts";
import { expectProblem } from "../../support/worker/problems.ts";
import { auditOf } from "../../support/worker/record.ts";

afterEach(() => {
  releaseClock();
  vi.restoreAllMocks();
});

type Stub = Parameters<typeof evictDurableObject>[0];

/** Calls an object as another one does. The platform's promise is awaited here: it is no plain one. */
async function call(stub: Stub, sent: VersionedCall): Promise<unknown> {
  // Every object takes calls so.
  return await (stub as Stub & CallTarget).call(sent);
}

/** Gives what an object has stored another version, as another release would have it. */
async function setVersion(stub: Stub, key: string, version: number): Promise<void> {
  await runInDurableObject(stub, async (_, { storage }) => {
    const kept = storage.kv.get<{ v: number } | number>(key);
    storage.kv.put(key, typeof kept === "object" ? { ...kept, v: version } : version);
    await storage.sync();
  });
  await evictDurableObject(stub);
}

/** All that an object has stored, but for its alarm. */
function stored(stub: Stub): Promise<unknown> {
  return runInDurableObject(stub, (_, { storage }) => {
    const tables = storage.sql
      .exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
      .toArray()
      .filter(({ name }) => !name.startsWith("_cf_"));
    const rows = tables.map(({ name }) => storage.sql.exec(`SELECT * FROM ${name}`).toArray());
    return { values: [...storage.kv.list()], tables, rows };
  });
}

async function openedRoom(): Promise<Stub> {
  return roomOf(await openedDecision());
}

async function openedShard(): Promise<Stub> {
  return shardStub(await openedDecision({ shards: 2 }), 1);
}

/** A registry of a test's own. */
async function registry(): Promise<Stub> {
  return env.REGISTRY.getByName(`registry-${crypto.randomUUID()}`);
}

/** A writer that has read from a topic before. */
async function writer(): Promise<Stub> {
  const stub = env.VOTE_WRITER.getByName(`writer-${crypto.randomUUID()}`);
  await runInDurableObject(stub, (_, { storage }) =>
    storage.kv.put("instance", { v: 1, value: "instance-1" }),
  );
  return stub;
}

describe("an object that holds what a newer release has stored", () => {
  it.each([
    ["a room", "decision", openedRoom],
    ["a shard", "terms", openedShard],
    ["the registry", "schema", registry],
    ["a writer", "instance", writer],
  ])(
    "says so once, sets its alarm again ever later, and writes nothing: %s",
    async (_, key, make) => {
      const stub = await make();
      await setVersion(stub, key, 2);
      const before = await stored(stub);
      const errors = vi.spyOn(console, "error").mockImplementation(() => {});
      // No alarm comes by itself before this hour has passed.
      const now = Date.now() + 3_600_000;
      stopClockAt(now);
      const delays: number[] = [];
      for (let times = 1; times <= 7; times += 1) {
        await runInDurableObject(stub, (_object, { storage }) => storage.setAlarm(now));
        expect(await runDurableObjectAlarm(stub)).toBe(true);
        const alarm = await runInDurableObject(stub, (_object, { storage }) => storage.getAlarm());
        delays.push((alarm ?? 0) - now);
      }
      expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
      expect(errors.mock.calls).toEqual([
        [expect.stringContaining("has version 2, this release knows 1: deploy the newer release")],
      ]);
      expect(await stored(stub)).toEqual(before);
      await runInDurableObject(stub, (_object, { storage }) => storage.deleteAlarm());
    },
  );

  it.each([
    ["a room", "decision", openedRoom, "read"],
    ["a shard", "terms", openedShard, "snapshot"],
    ["the registry", "schema", registry, "listApiKeys"],
    ["a writer", "instance", writer, "start"],
  ])("refuses every call: %s", async (_, key, make, method) => {
    const stub = await make();
    allowLogged("object.unreadable", { object: stub.name });
    const ask = () => call(stub, { v: 1, method, args: [] });
    expect(await ask()).toMatchObject({ v: 1 });
    await setVersion(stub, key, 2);
    const refusal = "has version 2, this release knows 1: deploy the newer release";
    await expect(ask()).rejects.toMatchObject({
      name: "UnknownVersion",
      message: expect.stringContaining(refusal),
    });
  });

  it("is asked in vain, to be asked again later", async () => {
    const id = await openedDecision();
    await setVersion(roomOf(id), "decision", 2);
    allowLogged("object.unreadable", { object: id });
    const path = `/api/v1/decisions/${id}`;
    for (const [method, asked] of [
      ["GET", path],
      ["GET", `${path}/results`],
      ["GET", `${path}/outcome`],
      ["GET", `${path}/results/stream`],
      ["GET", `${path}/audit-log`],
      ["POST", `${path}/close`],
    ] as const) {
      const answer = await send(method, asked, { key: adminKey });
      await expectProblem(answer, 503, "service.updating");
      expect(answer.headers.get("retry-after")).toBe("5");
    }
    await expectLogged("http.failed", {
      cause: expect.stringContaining("a room's decision has version 2, this release knows 1"),
    });
  });

  it("goes on by itself once the newer release is back: what was accepted is certified", async () => {
    const id = await openedDecision({ shards: 2 });
    const shards = [shardStub(id, 0), shardStub(id, 1)];
    await castBatch(id, votesOf(20, "yes", "north"));
    for (const stub of shards) {
      await setVersion(stub, "terms", 2);
      expect(await runDurableObjectAlarm(stub)).toBe(true);
      await expectLogged("object.unreadable", { object: stub.name });
    }
    const late = await castBatch<ProblemBody>(id, votesOf(1, "no", "south"));
    expect(late.body.code).toBe("shard.unavailable");
    await expectLogged("edge.shard_failed", { decision: id });
    expect((await takeStep(id, "close")).body.code).toBe("shard.unavailable");
    await expectLogged("room.shard_no_answer", { decision: id });
    await expectLogged("room.seal_failed", { decision: id });

    for (const stub of shards) await setVersion(stub, "terms", 1);
    await eventually("the certified decision", async () =>
      (await readDecision(id)).body.status === "certified" ? true : null,
    );
    const { room, database } = await auditOf(id);
    expect(room.total).toMatchObject({ ballots: 20, yes: { ballots: 20 }, no: { ballots: 0 } });
    expect(database.shards.map(({ ballots }) => ballots).reduce((sum, one) => sum + one)).toBe(20);
  });
});

describe("a call of a newer release", () => {
  it.each([
    ["a room", openedRoom, "cancel", "cancel of a room"],
    ["a shard", openedShard, "seal", "seal of a shard"],
    ["the registry", registry, "listApiKeys", "listApiKeys of the registry"],
    ["a writer", writer, "start", "start of a writer"],
  ])("is refused, and changes nothing: %s", async (_, make, method, called) => {
    const stub = await make();
    const before = await stored(stub);
    await expect(call(stub, { v: 2, method, args: [firstAdmin] })).rejects.toMatchObject({
      name: "UnknownVersion",
      message: `the call ${called} has version 2, this release knows 1: deploy the newer release`,
    });
    expect(await stored(stub)).toEqual(before);
  });

  it("to watch a room is refused too", async () => {
    const room = roomOf(await openedDecision());
    await expect(room.fetch("https://room/stream?v=2")).rejects.toThrow(
      "a request to watch a room has version 2, this release knows 1",
    );
  });
});
