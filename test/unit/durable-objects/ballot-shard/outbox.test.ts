import { LoggableError } from "../../../../src/shared/loggable-error.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ShardOutbox } from "../../../../durable-objects/ballot-shard/outbox.ts";
import { RoomReports } from "../../../../durable-objects/ballot-shard/room-reports.ts";
import { AlarmScheduler } from "../../../../durable-objects/shared/alarm-scheduler.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { expectLogged } from "../../../support/error-lines.ts";
import { StoreUnderTest, voteOf } from "./store-under-test.ts";

/** A shard with one ballot in an object that has no alarm, and the ways that may fail. */
function shardWithBallot() {
  const ways = { isLogAway: false, isRoomAway: false, bytes: 0 };
  const alarm = { at: null as number | null };
  const scheduler = new AlarmScheduler({
    getAlarm: async () => alarm.at,
    setAlarm: async (at) => {
      alarm.at = at;
    },
    deleteAlarm: async () => {
      alarm.at = null;
    },
  });
  const { store, cast } = boundStore();
  const sent: number[] = [];
  const outbox = new ShardOutbox({
    store,
    task: scheduler.newTask(),
    reports: new RoomReports(store, async (_, report) => {
      if (ways.isRoomAway) throw new LoggableError("the room is away");
      sent.push(report.seq);
      return { knownSeq: report.seq, bytes: ways.bytes };
    }),
    log: {
      async publish() {
        if (ways.isLogAway) throw new LoggableError("the log is away");
      },
    },
    republishAfterMs: 120_000,
  });
  return {
    ways,
    alarm,
    outbox,
    store,
    sent,
    cast,
    /** The platform takes the alarm away before it calls the object. */
    ring: async (): Promise<void> => {
      alarm.at = null;
      await scheduler.onAlarm([outbox]);
    },
  };
}

function boundStore() {
  const under = new StoreUnderTest();
  let voter = 0;
  const cast = (): void => {
    voter += 1;
    under.cast([voteOf(voter)]);
  };
  cast();
  return { store: under.store, cast };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the alarm of a shard", () => {
  it("is set again after a drain that failed, later each time, until the log has everything", async () => {
    const { ways, alarm, outbox, store, ring } = shardWithBallot();
    ways.isLogAway = true;
    const waits: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      await ring();
      expect(alarm.at).not.toBeNull();
      waits.push((alarm.at ?? 0) - Date.now());
      vi.setSystemTime(alarm.at ?? 0);
    }
    await expectLogged("shard.drain_failed", {
      decision: "delta",
      cause: "LoggableError: the log is away",
    });
    expect(waits[0]).toBeGreaterThan(0);
    expect(waits.at(-1)).toBeGreaterThan(waits[0] ?? 0);
    expect(Math.max(...waits)).toBeLessThanOrEqual(limits.retryDelayMsMax);
    expect(outbox.progress()).toMatchObject({
      publishedSeq: 0,
      failure: "LoggableError: the log is away",
    });
    ways.isLogAway = false;
    await ring();
    expect(outbox.progress()).toMatchObject({ publishedSeq: store.state.seq, failure: null });
  });

  it("is set again after a report that failed", async () => {
    const { ways, alarm, sent, ring } = shardWithBallot();
    ways.isRoomAway = true;
    await ring();
    await expectLogged("shard.drain_failed", { cause: "LoggableError: the room is away" });
    expect((alarm.at ?? Infinity) - Date.now()).toBeLessThanOrEqual(limits.retryDelayMsMax);
    ways.isRoomAway = false;
    await ring();
    expect(sent).toEqual([1]);
  });

  it("comes for a report that had to wait, though everything is drained", async () => {
    const { ways, alarm, sent, cast, ring } = shardWithBallot();
    ways.bytes = limits.reportBytesASecondMax;
    await ring();
    cast();
    vi.setSystemTime(Date.now() + limits.drainDelayMs);
    await ring();
    expect(sent).toEqual([1]);
    expect(alarm.at).toBe(1_000_000 + limits.reportDelayMsMax);
    vi.setSystemTime(alarm.at ?? 0);
    await ring();
    expect(sent).toEqual([1, 2]);
  });
});
