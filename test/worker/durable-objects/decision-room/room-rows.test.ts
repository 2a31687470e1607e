import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, inject, it, vi } from "vitest";
import { composeRoom } from "../../../../durable-objects/decision-room/compose-room.ts";
import { emptyRegionTally } from "../../../../src/ballot/tally.ts";
import { withMembers } from "../../../../src/platform/platform-limits/with-members.ts";
import { roomUsageASecond, type RoomUsage } from "../../../../src/planner/room-usage.ts";
import { openedDecision } from "../../../support/worker/decisions.ts";
import { meteredD1 } from "../../../support/worker/metered-d1.ts";
import { MeteredStorage } from "../../../support/worker/metered-storage.ts";
import { roomOf } from "../../../support/worker/objects.ts";

const reportMs = 250;
const seconds = 120;

afterEach(() => {
  vi.useRealTimers();
});

interface VotedRoom {
  votesPerSecond: number;
  shards: number;
  regions: number;
  isRollCall: boolean;
}

/** Numbers from 0 to 1, always the same. */
function random(): () => number {
  let seed = 7;
  return () => (seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
}

/** A room on storage and a database that are metered, and a clock that is moved. */
function meteredRoom(ctx: DurableObjectState) {
  const storage = new MeteredStorage(ctx.storage);
  const { db, rows } = meteredD1(env.DB);
  const room = composeRoom(
    // As much of it as a room asks for.
    withMembers(ctx, { storage: storage as unknown as DurableObjectStorage }),
    withMembers<Env>(env, { DB: db }),
  );
  let alarms = 0;
  const moveTo = async (at: number): Promise<void> => {
    while (storage.alarmAt !== null && storage.alarmAt <= at) {
      await vi.advanceTimersByTimeAsync(Math.max(0, storage.alarmAt - Date.now()));
      storage.alarmAt = null;
      alarms += 1;
      await room.alarmScheduler.onAlarm([room.scheduler, room.search, room.outbox]);
    }
    await vi.advanceTimersByTimeAsync(Math.max(0, at - Date.now()));
  };
  const used = (): RoomUsage => ({
    rowsWritten: storage.rowsWritten,
    d1RowsWritten: rows.written,
    alarms,
  });
  return { room, moveTo, used };
}

/** What a real room takes a second while its shards report votes that come by chance. */
async function usageOf({ votesPerSecond, shards, regions, isRollCall }: VotedRoom) {
  const codes = Array.from({ length: regions }, (_, at) => `region-${at}`);
  const id = await openedDecision({
    shards,
    disclosure: isRollCall ? "roll_call" : "aggregate",
    regions: codes.map((code) => ({ code })),
  });
  return runInDurableObject(roomOf(id), async (_, ctx) => {
    const begun = Math.ceil(Date.now() / 60_000) * 60_000;
    vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"], now: begun });
    const { room, moveTo, used } = meteredRoom(ctx);
    await room.alarmScheduler.load();
    // Somebody looks at it: from then on figures are released as votes come.
    await room.results.freshShown();
    const next = random();
    const tallies = Array.from({ length: shards }, () => codes.map(() => 0));
    let before = used();
    let votes = 0;
    for (let at = reportMs; at <= seconds * 2_000; at += reportMs) {
      await moveTo(begun + at);
      for (; votes < (at * votesPerSecond) / 1_000; votes += 1) {
        const tally = tallies[Math.floor(next() * shards)] ?? [];
        const region = Math.floor(next() * regions);
        tally[region] = (tally[region] ?? 0) + 1;
      }
      for (const [shard, tally] of tallies.entries())
        await room.scheduler.onReport(reportOf(shard, tally, begun + at));
      if (at === seconds * 1_000) before = used();
    }
    const after = used();
    const each = (name: keyof RoomUsage): number => (after[name] - before[name]) / seconds;
    return {
      rowsWritten: each("rowsWritten"),
      alarms: each("alarms"),
      d1RowsWritten: each("d1RowsWritten"),
    };
  });
}

/** All of a shard's votes, by region, for the decision. */
function reportOf(shard: number, tally: readonly number[], takenAt: number) {
  const seq = tally.reduce((sum, ballots) => sum + ballots, 0);
  const regions = new Map(
    tally.map((ballots, at) => [
      `region-${at}`,
      { ...emptyRegionTally(), yes: { ballots, weight: BigInt(ballots) } },
    ]),
  );
  return { shard, from: null, seq, takenAt, isSealed: false, regions };
}

describe("what a room writes while votes come", () => {
  it.each([
    { votesPerSecond: 5, shards: 2, regions: 3, isRollCall: false },
    { votesPerSecond: 120, shards: 3, regions: 7, isRollCall: false },
    { votesPerSecond: 40, shards: 1, regions: 27, isRollCall: true },
    { votesPerSecond: 700, shards: 3, regions: 12, isRollCall: true },
  ])("is what a plan rests on, within a tenth: %o", async (room) => {
    const found = await usageOf(room);
    const planned = roomUsageASecond(room);
    if (inject("printRows")) console.log(JSON.stringify({ room, found, planned }));
    for (const name of ["rowsWritten", "alarms", "d1RowsWritten"] as const) {
      expect(Math.abs(found[name] / planned[name] - 1), name).toBeLessThanOrEqual(0.1);
    }
  });
});
