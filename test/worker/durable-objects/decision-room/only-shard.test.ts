import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { RoomProjection } from "../../../../durable-objects/decision-room/projection.ts";
import { allowLogged, expectLogged } from "../../../support/error-lines.ts";
import { castBatch, votesOf } from "../../../support/worker/batches.ts";
import { iso, releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import { takeStep } from "../../../support/worker/decision-calls.ts";
import { draftDecision, openedDecision } from "../../../support/worker/decisions.ts";
import { eventually } from "../../../support/worker/eventually.ts";
import { firstAdmin } from "../../../support/worker/keys.ts";
import { roomOf, runRoomAlarm, shardStub } from "../../../support/worker/objects.ts";
import { recordOf } from "../../../support/worker/record.ts";
import { readAfresh } from "../../../support/worker/results.ts";
import type { HomeObject, HomeStub } from "../../../support/worker/shards.ts";

afterEach(() => {
  releaseClock();
  vi.restoreAllMocks();
});

function tablesIn(stub: HomeStub): Promise<unknown[]> {
  return runInDurableObject<HomeObject, unknown[]>(stub, (_, { storage }) =>
    storage.sql
      .exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '_cf_%' ORDER BY name")
      .toArray()
      .map(({ name }) => name),
  );
}

/** Lets the shard in a room fail when it is called so, until the room is evicted. */
async function breakInRoom(id: string, method: "open" | "seal" | "reportSince"): Promise<void> {
  await runInDurableObject(roomOf(id), ({ shard }) => {
    Object.defineProperty(shard, method, {
      value: () => {
        throw new Error("database or disk is full: SQLITE_FULL");
      },
      configurable: true,
    });
  });
}

function countRows(id: string): Promise<number | undefined> {
  return env.DB.prepare("SELECT count(*) AS rows FROM votes WHERE decision_id = ?")
    .bind(id)
    .first<{ rows: number }>()
    .then((row) => row?.rows);
}

describe("a decision of one shard", () => {
  it("is one object: ballots are in its room, and no other object has anything", async () => {
    const id = await openedDecision();
    await castBatch(id, votesOf(3, "yes", "north"));
    expect(await recordOf(id)).toHaveLength(3);
    expect(await tablesIn(roomOf(id))).toEqual([
      "audit_log",
      "cut_ballots",
      "log",
      "notes",
      "state",
      "voters",
    ]);
    expect(await tablesIn(shardStub(id, 0))).toEqual([]);
  });

  it("shows the last vote at once, without a report", async () => {
    const id = await openedDecision();
    for (const [index, voter] of ["a", "b", "c"].entries()) {
      await castBatch(id, votesOf(1, "yes", "north", voter));
      const result = await roomOf(id).result();
      expect(result).toMatchObject({ total: { figures: { yes: { ballots: index + 1 } } } });
    }
  });

  it("writes nothing of a shard before it is opened", async () => {
    const id = await draftDecision();
    await castBatch(id, votesOf(1, "yes", "north"));
    expect(await tablesIn(roomOf(id))).toEqual(["audit_log"]);
  });

  it("goes on with ballots, seal and result after an eviction between any two steps", async () => {
    const id = await openedDecision();
    await castBatch(id, votesOf(2, "yes", "north", "a"));
    await evictDurableObject(roomOf(id));
    await castBatch(id, votesOf(2, "no", "south", "b"));
    await evictDurableObject(roomOf(id));
    expect((await readAfresh(id)).body.total.ballots).toBe(4);
    await takeStep(id, "close");
    await evictDurableObject(roomOf(id));
    expect((await castBatch(id, votesOf(1, "yes", "north", "c"))).body).toMatchObject({
      results: [{ code: "decision.closed" }],
    });
    expect((await readAfresh(id)).body).toMatchObject({ final: true, total: { ballots: 4 } });
  });

  it("is not said to be open before its shard is, and opens later", async () => {
    const id = await draftDecision();
    await breakInRoom(id, "open");
    expect((await takeStep(id, "open")).status).toBe(503);
    await expectLogged("room.shard_no_answer", {
      decision: id,
      cause: "Error: database or disk is full: SQLITE_FULL",
    });
    await expectLogged("room.open_failed", { decision: id });
    await evictDurableObject(roomOf(id));
    expect((await takeStep(id, "open")).status).toBe(200);
    expect((await castBatch(id, votesOf(1, "yes", "north"))).body.accepted).toBe(1);
  });

  it("goes on closing until its shard has given its seal", async () => {
    const id = await openedDecision();
    await castBatch(id, votesOf(1, "yes", "north"));
    await breakInRoom(id, "seal");
    expect((await takeStep(id, "close")).status).toBe(503);
    await expectLogged("room.shard_no_answer", {
      decision: id,
      cause: "Error: database or disk is full: SQLITE_FULL",
    });
    await expectLogged("room.seal_failed", { decision: id });
    await evictDurableObject(roomOf(id));
    await runRoomAlarm(id);
    expect((await readAfresh(id)).body).toMatchObject({ final: true, total: { ballots: 1 } });
  });

  it("shows no result while its shard can't say anything", async () => {
    const id = await openedDecision();
    await evictDurableObject(roomOf(id));
    await breakInRoom(id, "reportSince");
    allowLogged("room.open_failed", { decision: id });
    expect(await roomOf(id).result()).toBeNull();
    await expectLogged("room.shard_no_answer", {
      decision: id,
      cause: "Error: database or disk is full: SQLITE_FULL",
    });
  });

  it("sends its votes to the log also while its room waits for a database that hangs", async () => {
    let goOn = (): void => {};
    const hanging = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const write = vi.spyOn(RoomProjection.prototype, "write").mockReturnValue(hanging);
    const id = await openedDecision();
    await eventually("the room's alarm", async () => (write.mock.calls.length > 0 ? true : null));
    await castBatch(id, votesOf(3, "yes", "north"));
    await eventually("the drain", async () =>
      (await roomOf(id).outboxProgress()).publishedSeq === 3 ? true : null,
    );
    goOn();
  });

  it("closes though the object dies at its alarm, after the database has confirmed the last votes", async () => {
    const closesAt = Date.now() + 3_600_000;
    const id = await openedDecision({ closes_at: iso(closesAt) });
    await eventually("the row", async () =>
      (await runInDurableObject(roomOf(id), (_, { storage }) => storage.getAlarm())) === null
        ? null
        : true,
    );
    // The instance that takes the last votes has just begun, and does not know what was scheduled.
    await evictDurableObject(roomOf(id));
    const write = vi
      .spyOn(RoomProjection.prototype, "write")
      .mockReturnValue(new Promise<void>(() => {}));
    await castBatch(id, votesOf(3, "yes", "north"));
    await eventually("the confirmation", async () =>
      (await roomOf(id).outboxProgress()).confirmedSeq === 3 ? true : null,
    );
    await eventually("the room at work", async () => (write.mock.calls.length > 0 ? true : null));
    write.mockRestore();
    stopClockAt(closesAt);
    await expect(
      runInDurableObject(roomOf(id), (_, ctx) => ctx.abort("the object dies")),
    ).rejects.toThrow("the object dies");
    await eventually("the close, though nobody asks", async () => {
      const kept = await env.DB.prepare("SELECT status FROM decisions WHERE id = ?")
        .bind(id)
        .first<{ status: string }>();
      return kept?.status === "closed" || kept?.status === "certified" ? true : null;
    });
  });

  it("has its rows in the database again after a rebuild", async () => {
    const id = await openedDecision();
    await castBatch(id, votesOf(3, "yes", "north"));
    await eventually("the rows", async () => ((await countRows(id)) === 3 ? true : null));
    for (const table of ["votes", "shard_progress"])
      await env.DB.prepare(`DELETE FROM ${table} WHERE decision_id = ?`).bind(id).run();
    await roomOf(id).rebuild(firstAdmin);
    await eventually("the rows again", async () => ((await countRows(id)) === 3 ? true : null));
  });
});

describe("the writer's confirmation", () => {
  it("reaches the shard in the room", async () => {
    const id = await openedDecision();
    await castBatch(id, votesOf(3, "yes", "north"));
    await eventually("the confirmation", async () =>
      (await roomOf(id).outboxProgress()).confirmedSeq === 3 ? true : null,
    );
  });

  it("reaches each of several shards", async () => {
    const id = await openedDecision({ shards: 2 });
    await castBatch(id, votesOf(12, "yes", "north"));
    for (const shard of [0, 1]) {
      const { seq } = await shardStub(id, shard).snapshot();
      expect(seq).toBeGreaterThan(0);
      await eventually("the confirmation", async () =>
        (await shardStub(id, shard).outboxProgress()).confirmedSeq === seq ? true : null,
      );
    }
  });
});
