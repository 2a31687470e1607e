import { LoggableError } from "../../../../src/shared/loggable-error.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ShardOutbox } from "../../../../durable-objects/ballot-shard/outbox.ts";
import { shardMeasures } from "../../../../durable-objects/ballot-shard/shard-measures.ts";
import { MemoryMeter } from "../../../../src/telemetry/metrics/meter.ts";
import { BacklogReports } from "../../../../durable-objects/ballot-shard/backlog-reports.ts";
import type { ShardBacklog } from "../../../../src/vote-log/backlog.ts";
import { RoomReports } from "../../../../durable-objects/ballot-shard/room-reports.ts";
import { AlarmScheduler } from "../../../../durable-objects/shared/alarm-scheduler.ts";
import type { VotingTerms } from "../../../../src/ballot/voting-terms.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { expectLogged } from "../../../support/error-lines.ts";
import { StoreUnderTest, voteOf } from "./store-under-test.ts";
import { noTracer } from "../../../../src/telemetry/traces/tracer.ts";

/** A shard with one ballot in an object that has no alarm, and the ways that may fail. */
function shardWithBallot(given: Partial<VotingTerms> = {}) {
  const ways = { isLogAway: false, isRoomAway: false, isRegistryAway: false, bytes: 0 };
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
  const { store, cast } = boundStore(given);
  const sent: number[] = [];
  const backlogs: (ShardBacklog | null)[] = [];
  const meter = new MemoryMeter(() => Date.now());
  const outbox = new ShardOutbox({
    store,
    tracer: noTracer,
    measures: shardMeasures(meter, () => Promise.resolve()),
    task: scheduler.newTask(),
    reports: new RoomReports(store, async (_, report) => {
      if (ways.isRoomAway) throw new LoggableError("the room is away");
      sent.push(report.seq);
      return { knownSeq: report.seq, bytes: ways.bytes };
    }),
    backlog: new BacklogReports(store, async (_, backlog) => {
      if (ways.isRegistryAway) throw new LoggableError("the registry is away");
      backlogs.push(backlog);
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
    backlogs,
    meter,
    cast,
    /** The platform takes the alarm away before it calls the object. */
    ring: async (): Promise<void> => {
      alarm.at = null;
      await scheduler.onAlarm([outbox]);
    },
  };
}

function boundStore(given: Partial<VotingTerms>) {
  const under = new StoreUnderTest(given);
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

describe("what a drain measures", () => {
  const drained = { holdsBack: false };

  it("is how long its oldest ballot has waited, over drains that failed", async () => {
    const { ways, outbox, meter, ring } = shardWithBallot();
    ways.isLogAway = true;
    outbox.noteBallots(Date.now());
    await ring();
    await expectLogged("shard.drain_failed");
    vi.setSystemTime(Date.now() + 4_000);
    outbox.noteBallots(Date.now());
    ways.isLogAway = false;
    await ring();
    const name = "enviro.outbox.age";
    const [found] = meter.take(drained);
    expect(found).toMatchObject({ name, kind: "histogram", sum: 4 });
    await ring();
    expect(meter.take(drained)).toEqual([]);
  });

  it("is nothing of a sealed decision", async () => {
    const { outbox, meter, ring } = shardWithBallot({ isTurnoutShown: false });
    outbox.noteBallots(Date.now());
    await ring();
    expect(meter.take(drained)).toEqual([]);
  });
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

/** Lets the alarm come as often as it is set, until this time (ms). */
async function ringUntil(
  { alarm, ring }: ReturnType<typeof shardWithBallot>,
  until: number,
): Promise<void> {
  while (alarm.at !== null && alarm.at <= until) {
    vi.setSystemTime(Math.max(alarm.at, Date.now()));
    await ring();
  }
  vi.setSystemTime(until);
}

describe("what waits for the database", () => {
  const start = 1_000_000;
  const minuteAfterStart = 1_020_000;

  it("is told to nobody where it is confirmed in time, and costs no alarm", async () => {
    const shard = shardWithBallot();
    await shard.ring();
    expect(shard.alarm.at).toBe(start + limits.backlogNoticeMs);
    await shard.outbox.confirm({ epoch: 1, appliedSeq: 1 });
    expect(shard.alarm.at).toBeNull();
    expect(shard.backlogs).toEqual([]);
  });

  it("is told after its time, ever more seldom, by its minute, and taken back once", async () => {
    const shard = shardWithBallot();
    await shard.ring();
    await ringUntil(shard, start + limits.backlogNoticeMs);
    const told = {
      decisionId: "delta",
      shard: 0,
      ballots: 1,
      since: minuteAfterStart,
      cause: null,
    };
    expect(shard.backlogs).toEqual([told]);
    shard.cast();
    await ringUntil(shard, start + 4 * limits.backlogToldMsMax);
    expect(shard.backlogs.length).toBeGreaterThan(5);
    expect(shard.backlogs.length).toBeLessThan(12);
    expect(shard.backlogs.at(-1)).toEqual({ ...told, ballots: 2 });
    const before = shard.backlogs.length;
    await shard.outbox.confirm({ epoch: 1, appliedSeq: 1 });
    expect(shard.backlogs).toHaveLength(before);
    await shard.outbox.confirm({ epoch: 1, appliedSeq: 2 });
    await ringUntil(shard, Date.now());
    expect(shard.backlogs.slice(before)).toEqual([null]);
    await ringUntil(shard, Date.now() + limits.republishDelayMsMax);
    expect(shard.backlogs.slice(before)).toEqual([null]);
    expect(shard.alarm.at).toBeNull();
  });

  describe("of ballots without a time of their own, an hour after the opening", () => {
    const opensAt = start - 3_600_000;
    const terms = { disclosure: "pseudonymous", opensAt } as const;

    it("is not told where votes are sparse and each is confirmed in time", async () => {
      const shard = shardWithBallot(terms);
      for (let vote = 1; vote <= 5; vote += 1) {
        await shard.ring();
        expect(shard.alarm.at).toBe(Date.now() + limits.backlogNoticeMs);
        vi.setSystemTime(Date.now() + 2_000);
        await shard.outbox.confirm({ epoch: 1, appliedSeq: vote });
        expect(shard.alarm.at).toBeNull();
        vi.setSystemTime(Date.now() + 600_000);
        shard.cast();
        shard.outbox.noteBallots(Date.now());
        vi.setSystemTime(Date.now() + limits.drainDelayMs);
      }
      expect(shard.backlogs).toEqual([]);
    });

    it("is not told where votes are steady and each is confirmed in time", async () => {
      const shard = shardWithBallot(terms);
      for (let second = 1; second <= 300; second += 1) {
        await shard.ring();
        vi.setSystemTime(Date.now() + 1_000);
        shard.cast();
        // Three seconds later, so that something waits at every look.
        await shard.outbox.confirm({ epoch: 1, appliedSeq: Math.max(0, second - 3) });
      }
      expect(shard.backlogs).toEqual([]);
    });

    it("is told after its time, with when it was seen to wait", async () => {
      const shard = shardWithBallot(terms);
      await shard.ring();
      await ringUntil(shard, start + limits.backlogNoticeMs - 1);
      expect(shard.backlogs).toEqual([]);
      await ringUntil(shard, start + limits.backlogNoticeMs);
      expect(shard.backlogs).toMatchObject([{ ballots: 1, since: minuteAfterStart }]);
    });

    it("is taken back while votes go on, once they are confirmed in time again", async () => {
      const shard = shardWithBallot(terms);
      await shard.ring();
      await ringUntil(shard, start + limits.backlogNoticeMs);
      expect(shard.backlogs).toHaveLength(1);
      for (let second = 1; second <= 20; second += 1) {
        shard.cast();
        await shard.ring();
        vi.setSystemTime(Date.now() + 1_000);
        await shard.outbox.confirm({ epoch: 1, appliedSeq: Math.max(0, second - 3) });
      }
      expect(shard.backlogs.slice(1)).toEqual([null]);
      expect(shard.store.progress.behindTold).toBeNull();
    });

    it("is told with the same time by an instance that begins after an eviction", async () => {
      const shard = shardWithBallot(terms);
      await shard.ring();
      await ringUntil(shard, start + limits.backlogNoticeMs);
      const backlogs: (ShardBacklog | null)[] = [];
      const next = new BacklogReports(shard.store, async (_, backlog) => {
        backlogs.push(backlog);
      });
      vi.setSystemTime(start + 200_000);
      await next.report(null);
      expect(backlogs).toEqual(shard.backlogs);
    });

    it("is told in time by an instance that begins before its time has come", async () => {
      const shard = shardWithBallot(terms);
      await shard.ring();
      const next = new BacklogReports(shard.store, async () => {});
      expect(next.nextAt(start + 5_000)).toBe(start + limits.backlogNoticeMs);
    });
  });

  it("is never said to wait for longer than it does", async () => {
    vi.setSystemTime(59_999);
    const shard = shardWithBallot();
    await shard.ring();
    await ringUntil(shard, 59_999 + limits.backlogNoticeMs);
    expect(shard.backlogs).toMatchObject([{ since: 60_000 }]);
  });

  it("is told with what the drain meets, also while the room alone is away", async () => {
    const shard = shardWithBallot();
    shard.ways.isLogAway = true;
    await shard.ring();
    await ringUntil(shard, start + 2 * limits.backlogNoticeMs);
    expect(shard.backlogs[0]).toMatchObject({
      ballots: 1,
      cause: "LoggableError: the log is away",
    });
    shard.ways.isLogAway = false;
    shard.ways.isRoomAway = true;
    await ringUntil(shard, Date.now() + limits.retryDelayMsMax);
    await shard.outbox.confirm({ epoch: 1, appliedSeq: 1 });
    await ringUntil(shard, Date.now() + 8 * limits.backlogNoticeMs);
    expect(shard.backlogs.at(-1)).toMatchObject({
      ballots: 0,
      cause: "LoggableError: the room is away",
    });
    shard.ways.isRoomAway = false;
    await ringUntil(shard, Date.now() + limits.retryDelayMsMax);
    expect(shard.backlogs.at(-1)).toBeNull();
    await expectLogged("shard.drain_failed");
  });

  it("is taken back by the instance that begins after a crash", async () => {
    const shard = shardWithBallot();
    await shard.ring();
    await ringUntil(shard, start + limits.backlogNoticeMs);
    shard.store.keepProgress({ ...shard.store.progress, confirmedSeq: 1 });
    shard.alarm.at = null;
    expect(shard.outbox.isWorkLeft).toBe(true);
    await shard.ring();
    expect(shard.backlogs.at(-1)).toBeNull();
    expect(shard.outbox.isWorkLeft).toBe(false);
  });

  it("is tried again, later each time, while the registry is away, and holds no drain up", async () => {
    const shard = shardWithBallot();
    shard.ways.isRegistryAway = true;
    await shard.ring();
    await ringUntil(shard, start + limits.backlogNoticeMs);
    await expectLogged("shard.backlog_not_told", { decision: "delta" });
    expect(shard.outbox.progress()).toMatchObject({ publishedSeq: 1, failure: null });
    await shard.outbox.confirm({ epoch: 1, appliedSeq: 1 });
    const waits: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      await ringUntil(shard, shard.alarm.at ?? 0);
      waits.push((shard.alarm.at ?? 0) - Date.now());
    }
    expect(Math.min(...waits)).toBeGreaterThan(0);
    expect(waits.at(-1)).toBe(limits.retryDelayMsMax);
    shard.ways.isRegistryAway = false;
    await ringUntil(shard, shard.alarm.at ?? 0);
    expect(shard.backlogs).toEqual([null]);
    expect(shard.alarm.at).toBeNull();
  });
});
