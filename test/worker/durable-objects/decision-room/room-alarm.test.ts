import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it, vi } from "vitest";
import { RoomProjection } from "../../../../durable-objects/decision-room/projection.ts";
import { RoomStore } from "../../../../durable-objects/decision-room/room-store.ts";
import type { Decision } from "../../../../src/decision/decision.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { allowLogged, expectLogged } from "../../../support/error-lines.ts";
import { iso, releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import { readDecision, takeStep } from "../../../support/worker/decision-calls.ts";
import { draftDecision, openedDecision } from "../../../support/worker/decisions.ts";
import { firstAdmin } from "../../../support/worker/keys.ts";
import { roomOf } from "../../../support/worker/objects.ts";

const anHour = 3_600_000;

afterEach(() => {
  releaseClock();
  vi.restoreAllMocks();
});

describe("a room's alarm", () => {
  it.each([
    ["its end", { closes_at: iso(Date.now() + anHour) }, true],
    ["nothing, since its organiser ends it,", {}, false],
  ])(
    "that was lost is set again by an instance that begins anew, where the decision waits for %s",
    async (_, given, isSet) => {
      const id = await openedDecision(given);
      await runDurableObjectAlarm(roomOf(id));
      await runInDurableObject(roomOf(id), (_room, { storage }) => storage.deleteAlarm());
      await evictDurableObject(roomOf(id));
      const alarm = await runInDurableObject(roomOf(id), (_room, { storage }) =>
        storage.getAlarm(),
      );
      expect(alarm !== null).toBe(isSet);
    },
  );

  it("goes on after a step of the clock that could not be kept, and takes it with the next", async () => {
    const start = Date.now();
    stopClockAt(start);
    const id = await draftDecision({ opens_at: iso(start + anHour) });
    await takeStep(id, "open");
    await runDurableObjectAlarm(roomOf(id));
    stopClockAt(start + anHour);
    const failing = vi.spyOn(RoomStore.prototype, "keepDecision").mockImplementation(() => {
      throw new Error("database or disk is full: SQLITE_FULL");
    });
    await runDurableObjectAlarm(roomOf(id));
    await expectLogged("room.clock_failed", {
      decision: id,
      cause: "Error: database or disk is full: SQLITE_FULL",
    });
    // The next step keeps the decision too, here unchanged.
    allowLogged("room.extension_failed", { decision: id });
    const next = await runInDurableObject(roomOf(id), (_, { storage }) => storage.getAlarm());
    expect(next).toBeGreaterThan(start + anHour);
    failing.mockRestore();
    await runDurableObjectAlarm(roomOf(id));
    const kept = await runInDurableObject(roomOf(id), (_, { storage }) =>
      storage.kv.get<{ value: { decision: Decision } }>("decision"),
    );
    expect(kept?.value.decision.status).toBe("open");
    expect((await readDecision(id)).body.status).toBe("open");
  });

  it("comes at the end of the window, though what failed shortly before is tried again later", async () => {
    const start = Date.now();
    stopClockAt(start);
    const id = await openedDecision({ closes_at: iso(start + anHour) });
    await runDurableObjectAlarm(roomOf(id));
    const failing = vi
      .spyOn(RoomProjection.prototype, "write")
      .mockRejectedValue(new Error("away"));
    const alarmAfter = async (moment: number) => {
      stopClockAt(moment);
      await runInDurableObject(roomOf(id), (room) => room.alarm());
      const next = await runInDurableObject(roomOf(id), (_, { storage }) => storage.getAlarm());
      return (next ?? 0) - moment;
    };
    const first = limits.retryDelayMsFirst;
    expect(await alarmAfter(start + anHour - 60_000)).toBe(first);
    expect(await alarmAfter(start + anHour - 1)).toBe(1);
    // What the clock changes has come, and is not waited for once more.
    expect(await alarmAfter(start + anHour)).toBe(4 * first);
    await expectLogged("room.projection_failed", { decision: id });
    // Decisions of tests before it have their end at this hour too.
    allowLogged("room.projection_failed", {});
    failing.mockRestore();
  });

  it("for certifying is there before the database is asked to take the close, and is not set again after", async () => {
    const start = Date.now();
    stopClockAt(start);
    const id = await openedDecision();
    await runDurableObjectAlarm(roomOf(id));
    const set = await runInDurableObject(roomOf(id), async (room, { storage }) => {
      const alarms: (number | null)[] = [];
      const settings = vi.spyOn(storage, "setAlarm");
      vi.spyOn(RoomProjection.prototype, "write").mockImplementation(async () => {
        alarms.push(await storage.getAlarm(), settings.mock.calls.length);
      });
      await room.close(firstAdmin);
      return [...alarms, await storage.getAlarm(), settings.mock.calls.length];
    });
    const certifying = start + limits.certifyDelayMsFirst;
    expect(set).toEqual([certifying, 2, certifying, 2]);
  });
});
