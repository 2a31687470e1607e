import { afterEach, describe, expect, inject, it, vi } from "vitest";
import { roomUsageASecond } from "../../../../src/planner/room-usage.ts";
import { roomUsageOf } from "../../../support/worker/metered-room.ts";

afterEach(() => {
  vi.useRealTimers();
});

describe("what a room writes while votes come", () => {
  it.each([
    { votesPerSecond: 5, shards: 2, regions: 3, isRollCall: false },
    { votesPerSecond: 120, shards: 3, regions: 7, isRollCall: false },
    { votesPerSecond: 40, shards: 1, regions: 27, isRollCall: true },
    { votesPerSecond: 700, shards: 3, regions: 12, isRollCall: true },
  ])("is what a plan rests on, within a tenth: %o", async (room) => {
    const found = await roomUsageOf(room);
    const planned = roomUsageASecond(room);
    if (inject("printRows")) console.log(JSON.stringify({ room, found, planned }));
    for (const name of ["rowsWritten", "alarms", "d1RowsWritten"] as const) {
      expect(Math.abs(found[name] / planned[name] - 1), name).toBeLessThanOrEqual(0.1);
    }
  });
});
