import { describe, expect, it } from "vitest";
import {
  afterChange,
  afterReconciling,
  afterReport,
  atAlarm,
  dueTimesAtStart,
  nextRunAt,
} from "../../../../durable-objects/decision-room/due-times.ts";
import { limits } from "../../../../src/shared/limits.ts";

const now = 1_000_000;
const both = { isListedByRegion: true, isListed: true, isEarlyFinish: true };
const idle = dueTimesAtStart(false);
const waiting = afterReport(idle, both, now);

describe("the deferred work of a room", () => {
  it("runs at no time where nothing is due, and else at what comes first", () => {
    expect(nextRunAt(idle, null)).toBeNull();
    expect(nextRunAt(idle, now + 7)).toBe(now + 7);
    expect(nextRunAt(waiting, null)).toBe(now + limits.earlyFinishDelayMs);
    expect(nextRunAt(waiting, now + 7)).toBe(now + 7);
  });

  it("is not put off by later reports, however many come", () => {
    const later = afterReport(waiting, both, now + limits.earlyFinishDelayMs - 1);
    expect(later).toEqual(waiting);
  });

  it("waits after a report for no list that the decision is not in, and checks for an early finish only where that may be", () => {
    const neither = { isListedByRegion: false, isListed: false, isEarlyFinish: false };
    expect(nextRunAt(afterReport(idle, neither, now), null)).toBeNull();
    const listed = afterReport(idle, { ...neither, isListedByRegion: true }, now);
    expect(nextRunAt(listed, null)).toBe(now + limits.projectionDelayMs);
  });

  it("has the list of decisions written at the next full minute, which tells of no report's time", () => {
    const listed = { isListedByRegion: false, isListed: true, isEarlyFinish: false };
    const minute = 17 * limits.listedResultDelayMs;
    for (const at of [minute, minute + 1, minute + limits.listedResultDelayMs - 1])
      expect(nextRunAt(afterReport(idle, listed, at), null)).toBe(
        minute + limits.listedResultDelayMs,
      );
  });

  it("has a row written after the first of several changes, not the last", () => {
    const first = afterChange(idle, now);
    const second = afterReconciling(first, { isRowDeferred: true, hasEnded: false }, now + 100);
    expect(nextRunAt(second, null)).toBe(now + limits.decisionRowDelayMs);
    const written = afterReconciling(second, { isRowDeferred: false, hasEnded: false }, now + 200);
    expect(nextRunAt(written, null)).toBeNull();
  });

  it("lists no live results of a decision that has ended", () => {
    const ended = afterReconciling(waiting, { isRowDeferred: false, hasEnded: true }, now);
    expect(atAlarm(ended, now + limits.projectionDelayMs).areLiveResultsDue).toBe(false);
  });

  it("finds the live results due at their time and not before, and each once", () => {
    const early = atAlarm(waiting, now + limits.projectionDelayMs - 1);
    expect(early.areLiveResultsDue).toBe(false);
    const due = atAlarm(early.after, now + limits.projectionDelayMs);
    expect(due.areLiveResultsDue).toBe(true);
    expect(atAlarm(due.after, now + limits.projectionDelayMs).areLiveResultsDue).toBe(false);
  });

  it("has the lists written at the first alarm of an instance that found its decision there, since a report may be lost", () => {
    const started = dueTimesAtStart(true);
    expect(nextRunAt(started, null)).toBeNull();
    const { areLiveResultsDue, after } = atAlarm(started, now);
    expect(areLiveResultsDue).toBe(true);
    expect(atAlarm(after, now).areLiveResultsDue).toBe(false);
    const ended = afterReconciling(started, { isRowDeferred: false, hasEnded: true }, now);
    expect(atAlarm(ended, now).areLiveResultsDue).toBe(false);
  });

  it("checks for an early finish at any alarm, and so waits for no check after it", () => {
    expect(nextRunAt(atAlarm(waiting, now + 1).after, null)).toBe(now + limits.projectionDelayMs);
  });
});
