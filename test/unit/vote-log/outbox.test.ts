import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Ballot } from "../../../src/ballot/ballot.ts";
import { limits } from "../../../src/shared/limits.ts";
import {
  afterConfirming,
  afterGivingUp,
  afterPublishing,
  afterRebuild,
  drainOutbox,
  noProgress,
  republishMoment,
  type Outbox,
  type OutboxProgress,
  type PublishedRun,
} from "../../../src/vote-log/outbox.ts";
import { memoryVoteLog } from "../../../src/vote-log/memory.ts";
import { decodeRecord } from "../../../src/vote-log/vote-record.ts";

const address = { decisionId: "delta", shard: 3 };
const start = noProgress;

function ballotsUpTo(seq: number): Ballot[] {
  return Array.from({ length: seq }, (_, index) => ({
    seq: index + 1,
    pid: `pid-${index}`,
    choice: "yes",
    region: index % 2 === 0 ? "north" : "south",
    weight: 1,
    acceptedAt: 1_700_000_000_000 + index,
  }));
}

function outboxOf(ballots: Ballot[]): Outbox & { now: OutboxProgress } {
  const outbox = {
    address,
    now: start,
    progress: () => outbox.now,
    lastSeq: () => ballots.length,
    readAfter: (seq: number, max: number) => ballots.slice(seq, seq + max),
    markPublished: (run: PublishedRun) => {
      outbox.now = afterPublishing(outbox.now, run, 5);
    },
  };
  return outbox;
}

/** The ballots from after what was published up to `toSeq`. */
function runOf({ epoch, publishedSeq }: OutboxProgress, toSeq: number): PublishedRun {
  return { epoch, fromSeq: publishedSeq, toSeq };
}

const inQuiet = { isInRush: false };

describe("draining an outbox", () => {
  it("publishes every ballot once and in order, in records within the limits", async () => {
    const ballots = ballotsUpTo(5_321);
    const log = memoryVoteLog();
    expect(await drainOutbox(outboxOf(ballots), log, inQuiet)).toBe("drained");
    const records = log.records.map(decodeRecord);
    expect(records.flatMap((record) => record.ballots)).toEqual(ballots);
    expect(Math.max(...records.map((record) => record.ballots.length))).toBeLessThanOrEqual(
      limits.recordBallotsMax,
    );
    expect(Math.max(...log.records.map((text) => text.length))).toBeLessThanOrEqual(
      limits.recordBytesMax,
    );
  });

  it("asks nothing of the log where nothing is left to publish", async () => {
    const outbox = outboxOf([]);
    const untouched = { publish: () => Promise.reject(new Error("asked for nothing")) };
    expect(await drainOutbox(outbox, untouched, inQuiet)).toBe("drained");
    expect(outbox.now).toEqual(start);
  });

  it("stops after a bounded number of rounds and says that more is left", async () => {
    const outbox = outboxOf(ballotsUpTo(limits.drainRoundsMax * limits.drainBallotsMax + 1));
    expect(await drainOutbox(outbox, memoryVoteLog(), inQuiet)).toBe("more");
    expect(await drainOutbox(outbox, memoryVoteLog(), inQuiet)).toBe("drained");
  });

  it("publishes one batch in a rush, and everything once that is over", async () => {
    const ballots = ballotsUpTo(3 * limits.drainBallotsMax);
    const outbox = outboxOf(ballots);
    const log = memoryVoteLog();
    expect(await drainOutbox(outbox, log, { isInRush: true })).toBe("more");
    expect(outbox.now.publishedSeq).toBe(limits.drainBallotsMax);
    expect(await drainOutbox(outbox, log, inQuiet)).toBe("drained");
    expect(log.records.map(decodeRecord).flatMap((record) => record.ballots)).toEqual(ballots);
  });

  it("has nothing left in a rush that one batch holds", async () => {
    const outbox = outboxOf(ballotsUpTo(limits.drainBallotsMax));
    expect(await drainOutbox(outbox, memoryVoteLog(), { isInRush: true })).toBe("drained");
  });

  it("keeps what was marked when the log fails, and goes on from there", async () => {
    const ballots = ballotsUpTo(4_500);
    const log = memoryVoteLog();
    let failsAfter = 1;
    const flaky = {
      publish: async (records: Parameters<typeof log.publish>[0]) => {
        if (failsAfter === 0) throw new Error("the log is down");
        failsAfter -= 1;
        await log.publish(records);
      },
    };
    const outbox = outboxOf(ballots);
    await expect(drainOutbox(outbox, flaky, inQuiet)).rejects.toThrow("the log is down");
    expect(outbox.now.publishedSeq).toBe(limits.drainBallotsMax);
    failsAfter = Number.POSITIVE_INFINITY;
    await drainOutbox(outbox, flaky, inQuiet);
    expect(log.records.map(decodeRecord).flatMap((record) => record.ballots)).toEqual(ballots);
  });

  it("starts from the beginning when a rebuild resets it in mid-drain", async () => {
    const ballots = ballotsUpTo(4_500);
    const log = memoryVoteLog();
    const outbox = outboxOf(ballots);
    let isReset = false;
    const resetting = {
      publish: async (records: Parameters<typeof log.publish>[0]) => {
        await log.publish(records);
        if (!isReset && outbox.now.publishedSeq > 0) {
          isReset = true;
          outbox.now = afterRebuild(outbox.now);
        }
      },
    };
    await drainOutbox(outbox, resetting, inQuiet);
    const seqs = log.records
      .map(decodeRecord)
      .flatMap((record) => record.ballots.map(({ seq }) => seq));
    expect(seqs.slice(4_000)).toEqual(ballots.map(({ seq }) => seq));
  });
});

describe("the progress of an outbox", () => {
  it("never confirms more than was published, nor less than before, in whatever order things happen", () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant("publish" as const), by: fc.nat(10) }),
      fc.record({ kind: fc.constant("confirm" as const), by: fc.nat(30) }),
      fc.record({ kind: fc.constant("give up" as const), by: fc.nat() }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let progress = start;
        for (const { kind, by } of steps) {
          const before = progress;
          if (kind === "publish")
            progress = afterPublishing(progress, runOf(progress, progress.publishedSeq + by), 1);
          if (kind === "confirm")
            progress = afterConfirming(progress, { epoch: 1, appliedSeq: by }, 1);
          if (kind === "give up") progress = afterGivingUp(progress);
          expect(progress.publishedSeq).toBeGreaterThanOrEqual(progress.confirmedSeq);
          expect(progress.confirmedSeq).toBeGreaterThanOrEqual(before.confirmedSeq);
        }
      }),
    );
  });

  it("after a rebuild is as if nothing had been sent, whatever is heard from before it", () => {
    const before = afterPublishing(start, runOf(start, 10), 1);
    const rebuilt = afterRebuild(before);
    expect(rebuilt).toEqual({ ...start, epoch: 2 });
    expect(afterConfirming(rebuilt, { epoch: 1, appliedSeq: 10 }, 2)).toBe(rebuilt);
    expect(afterPublishing(rebuilt, runOf(start, 10), 2)).toBe(rebuilt);
    expect(afterConfirming(rebuilt, { epoch: 2, appliedSeq: 10 }, 2).confirmedSeq).toBe(10);
  });

  it("is not moved by a mark from before it gave up what was not confirmed", () => {
    const published = afterPublishing(start, runOf(start, 10), 1);
    const givenUp = afterGivingUp(afterPublishing(published, runOf(published, 20), 2));
    // The run from 10 to 20 was under way; what came before it is to be sent again as well.
    expect(afterPublishing(givenUp, { epoch: 1, fromSeq: 10, toSeq: 20 }, 3)).toBe(givenUp);
  });

  it("does not put off sending again by hearing once more what it knew", () => {
    const confirmed = afterConfirming(
      afterPublishing(start, runOf(start, 10), 1),
      { epoch: 1, appliedSeq: 4 },
      2,
    );
    expect(afterConfirming(confirmed, { epoch: 1, appliedSeq: 4 }, 9)).toBe(confirmed);
  });

  it("sends again only what stays unconfirmed, later and later, up to an hour", () => {
    expect(republishMoment({ ...start, publishedSeq: 9, confirmedSeq: 9 }, 1_000)).toBeNull();
    const waiting = { ...start, publishedSeq: 9, confirmedSeq: 3, movedAt: 50 };
    expect(republishMoment(waiting, 1_000)).toBe(1_050);
    expect(republishMoment(afterGivingUp(waiting), 1_000)).toBeNull();
    expect(republishMoment({ ...waiting, republished: 3 }, 1_000)).toBe(8_050);
    expect(republishMoment({ ...waiting, republished: 40 }, 1_000)).toBe(50 + 3_600_000);
  });

  it("sends again what was lost though votes keep coming, and waits twice as long for the next time", () => {
    const afterMs = 120_000;
    let progress = afterConfirming(
      afterPublishing(start, runOf(start, 99), 1),
      { epoch: 1, appliedSeq: 99 },
      500,
    );
    const sentAgainAt: number[] = [];
    for (let now = 1_000; now <= 600_000; now += 1_000) {
      const moment = republishMoment(progress, afterMs);
      if (moment !== null && moment <= now) {
        progress = afterGivingUp(progress);
        sentAgainAt.push(now);
      }
      progress = afterPublishing(progress, runOf(progress, 100 + now / 1_000), now);
    }
    expect(sentAgainAt).toEqual([121_000, 361_000]);
  });

  it("sends nothing twice while the database still catches up, however long that takes", () => {
    let progress = start;
    for (let now = 1_000; now <= 3_600_000; now += 1_000) {
      progress = afterPublishing(progress, runOf(progress, now), now);
      if (now % 60_000 === 0)
        progress = afterConfirming(progress, { epoch: 1, appliedSeq: now / 2 }, now);
      expect(republishMoment(progress, 120_000)).toBeGreaterThan(now);
    }
  });
});
