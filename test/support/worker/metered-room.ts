import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { composeRoom } from "../../../durable-objects/decision-room/compose-room.ts";
import { emptyRegionTally } from "../../../src/ballot/tally.ts";
import { withMembers } from "../../../src/platform/platform-limits/with-members.ts";
import type { RoomUsage } from "../../../src/planner/room-usage.ts";
import { openedDecision } from "./decisions.ts";
import { meteredD1 } from "./metered-d1.ts";
import { random } from "./metered-shard.ts";
import { MeteredStorage } from "./metered-storage.ts";
import { roomOf } from "./objects.ts";

const reportMs = 250;
const seconds = 120;

interface VotedRoom {
  votesPerSecond: number;
  shards: number;
  regions: number;
  isRollCall: boolean;
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

/**
 * What a real room takes a second while its shards report votes that come by chance. It leaves its
 * clock in place.
 */
export async function roomUsageOf({ votesPerSecond, shards, regions, isRollCall }: VotedRoom) {
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
