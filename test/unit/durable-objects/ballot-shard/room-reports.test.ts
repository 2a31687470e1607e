import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RoomReports } from "../../../../durable-objects/ballot-shard/room-reports.ts";
import { moveTally } from "../../../../src/ballot/tally.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { ShardMerge } from "../../../../src/results/shard-merge.ts";
import { reportDelayMs, type TallyReport } from "../../../../src/results/tally-report.ts";
import type { ShardSnapshot } from "../../../../src/results/shard-snapshot.ts";

const regions = ["north", "south", "east"];

/** A shard that takes one vote at a time, and its room. */
function shardAndRoom(bytes = 100) {
  let snapshot: ShardSnapshot = {
    shard: 0,
    seq: 0,
    tally: new Map(),
    takenAt: 0,
    isSealed: false,
  };
  const sent: TallyReport[] = [];
  const room = { merge: new ShardMerge(), isSilent: false };
  const store = {
    terms: { decisionId: "told", shards: 64 },
    get state() {
      return snapshot;
    },
    get sealedAt() {
      return snapshot.isSealed ? 1 : null;
    },
    snapshot: (now: number) => ({ ...snapshot, takenAt: now }),
  };
  const reports = new RoomReports(store, async (decisionId, report) => {
    expect(decisionId).toBe("told");
    sent.push(report);
    if (room.isSilent) throw new Error("busy");
    room.merge.take(report);
    return { knownSeq: room.merge.heads.get(0)?.seq ?? -1, bytes };
  });
  return {
    reports,
    sent,
    room,
    store,
    vote: (region: string): void => {
      const ballot = { choice: "yes" as const, region, weight: 1 };
      snapshot = {
        ...snapshot,
        seq: snapshot.seq + 1,
        tally: moveTally(snapshot.tally, [ballot], []),
      };
    },
    seal: (): void => {
      snapshot = { ...snapshot, isSealed: true };
    },
    expectTold: (): void => {
      expect(room.merge.heads.get(0)?.seq).toBe(snapshot.seq);
      expect(room.merge.tally).toEqual(snapshot.tally);
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("what a shard tells its room", () => {
  it("is everything once, and then the regions that changed since", async () => {
    const { reports, sent, vote, expectTold } = shardAndRoom();
    for (const region of regions) vote(region);
    await reports.report();
    expect(reports.isRoomInformed).toBe(true);
    await reports.report();
    expect(sent).toHaveLength(1);
    vote("south");
    vi.advanceTimersByTime(limits.drainDelayMs);
    await reports.report();
    expect(sent.map(({ from, seq, regions: told }) => [from, seq, [...told.keys()]])).toEqual([
      [null, 3, regions],
      [3, 4, ["south"]],
    ]);
    expectTold();
  });

  it("is everything again where the room has begun anew", async () => {
    const { reports, sent, room, vote, expectTold } = shardAndRoom();
    vote("north");
    await reports.report();
    room.merge = new ShardMerge();
    vote("south");
    vi.advanceTimersByTime(limits.drainDelayMs);
    await reports.report();
    expect(sent.map(({ from }) => from)).toEqual([null, 1, null]);
    expectTold();
    expect(reports.isRoomInformed).toBe(true);
  });

  it("is told again where the room gave no answer, from what the room has", async () => {
    const { reports, room, vote, expectTold } = shardAndRoom();
    vote("north");
    await reports.report();
    vi.advanceTimersByTime(limits.drainDelayMs);
    room.isSilent = true;
    vote("south");
    await expect(reports.report()).rejects.toThrow("busy");
    expect(reports.isRoomInformed).toBe(false);
    room.isSilent = false;
    vote("east");
    await reports.report();
    expectTold();
  });

  it("starts from what the room was answered, and is reported all the same", async () => {
    const { reports, sent, room, vote, expectTold } = shardAndRoom();
    vote("north");
    await reports.report();
    vote("south");
    room.merge.take(reports.since(1));
    expectTold();
    expect(reports.isRoomInformed).toBe(false);
    vi.advanceTimersByTime(limits.drainDelayMs);
    await reports.report();
    expect([sent.at(-1)?.from, sent.at(-1)?.regions.size]).toEqual([2, 0]);
  });

  it("is everything to a room that asks from what is no longer kept, or of a sealed shard", () => {
    const { reports, vote, seal } = shardAndRoom();
    for (let seq = 1; seq <= limits.reportBasesMax + 1; seq += 1) {
      vote("north");
      reports.since(null);
    }
    expect(reports.since(1).from).toBeNull();
    expect(reports.since(2).from).toBe(2);
    expect(reports.since(99).from).toBeNull();
    seal();
    expect(reports.since(2)).toMatchObject({ from: null, isSealed: true });
    expect(reports.nextAt).toBeNull();
  });

  it("waits for its time, and says when that is", async () => {
    const heavy = limits.reportBytesASecondMax / 64 / 4 + 1;
    const { reports, sent, vote } = shardAndRoom(heavy);
    vote("north");
    await reports.report();
    vote("north");
    const start = Date.now();
    expect(reports.nextAt).toBe(start + limits.reportDelayMsMax);
    vi.advanceTimersByTime(limits.reportDelayMsMax - 1);
    await reports.report();
    expect(sent).toHaveLength(1);
    vi.advanceTimersByTime(1);
    await reports.report();
    expect(sent).toHaveLength(2);
  });

  it("comes with every drain while all shards together stay under a megabyte a second, else once a second", () => {
    expect(reportDelayMs(64, 3_906)).toBe(0);
    expect(reportDelayMs(64, 3_907)).toBe(1_000);
    expect(reportDelayMs(2, 125_000)).toBe(0);
    expect(reportDelayMs(2, 125_001)).toBe(1_000);
  });
});
