import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import type { DecisionRoom } from "../../../../durable-objects/decision-room/decision-room.ts";
import type { CastRequest } from "../../../../src/ballot/voter.ts";
import type { DecisionDraft } from "../../../../src/decision/decision.ts";
import { encodeReport, wholeReport } from "../../../../src/results/tally-report.ts";
import { allowLogged, expectLogged } from "../../../support/error-lines.ts";
import { sampleDraft } from "../../../support/sample-draft.ts";
import { releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import { eventually } from "../../../support/worker/eventually.ts";
import { firstAdmin } from "../../../support/worker/keys.ts";
import { runRoomAlarm, shardStub } from "../../../support/worker/objects.ts";
import { castOn, makeDeafTo } from "../../../support/worker/shards.ts";

const anHour = 3_600_000;

afterEach(releaseClock);

type Stub = DurableObjectStub<DecisionRoom>;

function draft(given: Partial<DecisionDraft> = {}): DecisionDraft {
  return sampleDraft({ id: `room-${crypto.randomUUID()}`, ...given });
}

async function openedRoom(given: Partial<DecisionDraft> = {}): Promise<{ id: string; room: Stub }> {
  const wanted = draft(given);
  const room = env.DECISION_ROOM.getByName(wanted.id);
  expect(await room.create(wanted, firstAdmin, false)).toMatchObject({ kind: "created" });
  expect(await room.open(firstAdmin)).toMatchObject({ kind: "done" });
  return { id: wanted.id, room };
}

function vote(letter: string): CastRequest {
  return {
    pid: letter.repeat(22),
    choice: "yes",
    region: "north",
    weight: 1,
    nonce: letter.charCodeAt(0).toString(16).padStart(64, "0"),
    proof: null,
    authority: "token",
    serial: 1,
    note: null,
  };
}

describe("a room", () => {
  it("knows no decision until one is created, and reading it stores nothing", async () => {
    const room = env.DECISION_ROOM.getByName(`nobody-${crypto.randomUUID()}`);
    expect([await room.read(), await room.votingContext(), await room.result()]).toEqual([
      null,
      null,
      null,
    ]);
    expect(await room.open(firstAdmin)).toEqual({ kind: "not_found" });
    const tables = await runInDurableObject(room, (_, { storage }) =>
      storage.sql.exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '_cf_%'").toArray(),
    );
    expect(tables).toEqual([]);
  });

  it("keeps its decision, its manifest and its key over an eviction", async () => {
    const { room } = await openedRoom();
    const [before, context] = [await room.read(), await room.votingContext()];
    await evictDurableObject(room);
    expect(await room.read()).toEqual(before);
    expect(await room.votingContext()).toEqual(context);
  });

  it("closes at the moment that its window ends, by its alarm, and its result is final", async () => {
    const closesAt = Date.now() + anHour;
    const { id, room } = await openedRoom({ closesAt });
    await castOn(room, [vote("a")]);
    stopClockAt(closesAt);
    await runRoomAlarm(id);
    const result = await room.result();
    expect(result).toMatchObject({
      isFinal: true,
      status: "closed",
      total: { figures: { yes: { ballots: 1 } } },
    });
    expect(await castOn(room, [vote("b")])).toMatchObject([{ code: "decision.closed" }]);
  });

  it("opens a scheduled decision by its alarm; a vote before that is refused by the shard's own clock", async () => {
    const opensAt = Date.now() + anHour;
    const { id, room } = await openedRoom({ opensAt });
    expect((await room.read())?.status).toBe("scheduled");
    expect(await castOn(room, [vote("a")])).toMatchObject([{ code: "decision.not_open" }]);
    stopClockAt(opensAt);
    await runRoomAlarm(id);
    expect((await room.read())?.status).toBe("open");
    expect(await castOn(room, [vote("a")])).toMatchObject([{ kind: "accepted" }]);
  });

  it("counts every ballot acknowledged before the seal, without a report from the shard", async () => {
    const { id, room } = await openedRoom({ shards: 3 });
    const accepted = await Promise.all(
      ["A", "a", "_", "Z", "9"].map(async (letter) => {
        const replies = await Promise.all(
          [0, 1, 2].map((shard) => castOn(shardStub(id, shard), [vote(letter)])),
        );
        return replies.filter((reply) => typeof reply !== "string" && reply[0]?.kind === "accepted")
          .length;
      }),
    );
    expect(accepted).toEqual([1, 1, 1, 1, 1]);
    await room.close(firstAdmin);
    expect(await room.result()).toMatchObject({
      isFinal: true,
      total: { figures: { yes: { ballots: 5 } } },
    });
  });

  it("shows no result older than it has shown, over an eviction and with reports in the wrong order", async () => {
    const { room } = await openedRoom();
    const early = encodeReport(wholeReport(await room.snapshot()));
    await castOn(room, [vote("a"), vote("b")]);
    await room.report(encodeReport(wholeReport(await room.snapshot())));
    const before = await room.result();
    await room.report(early);
    expect((await room.result())?.version).toBe(before?.version);
    await evictDurableObject(room);
    await room.report(early);
    expect((await room.result())?.version).toBeGreaterThanOrEqual(before?.version ?? Number.NaN);
  });

  it("does not pass a part for the whole: without a word from every shard it gives no result", async () => {
    const { id, room } = await openedRoom({ shards: 2 });
    await evictDurableObject(room);
    await makeDeafTo(shardStub(id, 1), "reportSince");
    expect(await room.result()).toBeNull();
    await expectLogged("room.shard_no_answer", { decision: id, shard: 1 });
    await evictDurableObject(shardStub(id, 1));
    expect(await room.result()).not.toBeNull();
  });

  it("does not say that it was created open before its shards are, and finds it once they are", async () => {
    const wanted = draft({ shards: 2 });
    const room = env.DECISION_ROOM.getByName(wanted.id);
    const silent = shardStub(wanted.id, 1);
    await makeDeafTo(silent, "open");
    expect(await room.create(wanted, firstAdmin, true)).toEqual({ kind: "unavailable" });
    expect(await room.create(wanted, firstAdmin, true)).toEqual({ kind: "unavailable" });
    await expectLogged("room.shard_no_answer", { decision: wanted.id, shard: 1 });
    await expectLogged("room.open_failed", { decision: wanted.id });
    await evictDurableObject(silent);
    expect(await room.create(wanted, firstAdmin, true)).toMatchObject({
      kind: "found",
      decision: { status: "open" },
    });
    expect(await castOn(silent, [vote("a")])).not.toMatchObject([{ code: "decision.not_open" }]);
    expect((await room.readAuditLog(0, 10)).entries).toHaveLength(2);
  });

  it("keeps what it noted of its shards with the next change", async () => {
    const { room } = await openedRoom();
    const isNoted = () =>
      runInDurableObject(room, (_, { storage }) => storage.kv.get("shards_opened"));
    expect(await isNoted()).toBeUndefined();
    await room.close(firstAdmin);
    expect(await isNoted()).toBe(1);
  });

  it("goes on closing until every shard has given its seal", async () => {
    const { id, room } = await openedRoom({ shards: 2 });
    await makeDeafTo(shardStub(id, 1), "seal");
    expect(await room.close(firstAdmin)).toEqual({ kind: "unavailable" });
    await expectLogged("room.shard_no_answer", { decision: id, shard: 1 });
    await expectLogged("room.seal_failed", { decision: id });
    expect((await room.read())?.status).toBe("closing");
    await evictDurableObject(shardStub(id, 1));
    await runDurableObjectAlarm(room);
    expect((await room.read())?.status).toBe("closed");
  });

  it("takes votes and closes while the database is down, and projects what it missed once it is back", async () => {
    const { id, room } = await openedRoom();
    await env.DB.exec("ALTER TABLE decisions RENAME TO decisions_away");
    await castOn(room, [vote("a")]);
    expect(await room.close(firstAdmin)).toMatchObject({
      kind: "done",
      decision: { status: "closed" },
    });
    await expectLogged("room.projection_failed", { decision: id });
    // The rooms of earlier tests may have their alarms meanwhile.
    allowLogged("room.projection_failed", {
      cause: "Error: no such table: decisions: SQLITE_ERROR",
    });
    await env.DB.exec("ALTER TABLE decisions_away RENAME TO decisions");
    await runRoomAlarm(id);
    const row = await env.DB.prepare("SELECT status FROM decisions WHERE id = ?").bind(id).first();
    expect(row).toEqual({ status: "closed" });
  });

  it("rebuilds everything that it and its shards had in the database", async () => {
    const { id, room } = await openedRoom({ shards: 2 });
    await Promise.all(
      [0, 1].flatMap((shard) => ["A", "_"].map((pid) => castOn(shardStub(id, shard), [vote(pid)]))),
    );
    await room.close(firstAdmin);
    const rows = () =>
      env.DB.prepare("SELECT shard, seq, pid FROM votes WHERE decision_id = ? ORDER BY 1, 2")
        .bind(id)
        .all();
    await eventually("both rows", async () => ((await rows()).results.length === 2 ? true : null));
    const before = (await rows()).results;
    for (const table of ["votes", "shard_progress", "regional_results"]) {
      await env.DB.prepare(`DELETE FROM ${table} WHERE decision_id = ?`).bind(id).run();
    }
    await env.DB.prepare("DELETE FROM decisions WHERE id = ?").bind(id).run();
    await room.rebuild(firstAdmin);
    await eventually("both rows", async () => ((await rows()).results.length === 2 ? true : null));
    expect((await rows()).results).toEqual(before);
    const regional = await env.DB.prepare(
      "SELECT yes_ballots FROM regional_results WHERE decision_id = ?",
    )
      .bind(id)
      .first();
    expect(regional).toEqual({ yes_ballots: 2 });
    expect(
      await env.DB.prepare("SELECT status FROM decisions WHERE id = ?").bind(id).first(),
    ).toEqual({ status: "closed" });
  });
});
