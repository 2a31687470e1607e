import { describe, expect, it } from "vitest";
import {
  afterChange,
  afterReconciling,
  afterReport,
  atAlarm,
  momentsAtStart,
  wakeMoment,
} from "../../../../durable-objects/decision-room/clock.ts";
import { limits } from "../../../../src/shared/limits.ts";

const now = 1_000_000;
const both = { isListedByRegion: true, isEarlyFinish: true };
const idle = momentsAtStart(false);
const waiting = afterReport(idle, both, now);

describe("the clock of a room", () => {
  it("wakes for nothing where nothing is waited for, and else for what comes first", () => {
    expect(wakeMoment(idle, null)).toBeNull();
    expect(wakeMoment(idle, now + 7)).toBe(now + 7);
    expect(wakeMoment(waiting, null)).toBe(now + limits.earlyFinishDelayMs);
    expect(wakeMoment(waiting, now + 7)).toBe(now + 7);
  });

  it("is not put off by later reports, however many come", () => {
    const later = afterReport(waiting, both, now + limits.earlyFinishDelayMs - 1);
    expect(later).toEqual(waiting);
  });

  it("waits after a report for no list that the decision is not in, and judges only where it may finish early", () => {
    const neither = { isListedByRegion: false, isEarlyFinish: false };
    expect(wakeMoment(afterReport(idle, neither, now), null)).toBeNull();
    const listed = afterReport(idle, { ...neither, isListedByRegion: true }, now);
    expect(wakeMoment(listed, null)).toBe(now + limits.projectionDelayMs);
  });

  it("lets a row follow the first of several changes, and not the last", () => {
    const first = afterChange(idle, now);
    const second = afterReconciling(first, { isRowWanted: true, hasEnded: false }, now + 100);
    expect(wakeMoment(second, null)).toBe(now + limits.decisionRowDelayMs);
    const written = afterReconciling(second, { isRowWanted: false, hasEnded: false }, now + 200);
    expect(wakeMoment(written, null)).toBeNull();
  });

  it("lists no live results of a decision that has ended", () => {
    const ended = afterReconciling(waiting, { isRowWanted: false, hasEnded: true }, now);
    expect(atAlarm(ended, now + limits.projectionDelayMs).areLiveResultsDue).toBe(false);
  });

  it("finds the live results due at their moment and not before, and each once", () => {
    const early = atAlarm(waiting, now + limits.projectionDelayMs - 1);
    expect(early.areLiveResultsDue).toBe(false);
    const due = atAlarm(early.after, now + limits.projectionDelayMs);
    expect(due.areLiveResultsDue).toBe(true);
    expect(atAlarm(due.after, now + limits.projectionDelayMs).areLiveResultsDue).toBe(false);
  });

  it("lets the lists follow at the first alarm of an instance that found its decision there, since a report may be forgotten", () => {
    const awoken = momentsAtStart(true);
    expect(wakeMoment(awoken, null)).toBeNull();
    const { areLiveResultsDue, after } = atAlarm(awoken, now);
    expect(areLiveResultsDue).toBe(true);
    expect(atAlarm(after, now).areLiveResultsDue).toBe(false);
    const ended = afterReconciling(awoken, { isRowWanted: false, hasEnded: true }, now);
    expect(atAlarm(ended, now).areLiveResultsDue).toBe(false);
  });

  it("judges at any alarm, and so waits for no judgement after it", () => {
    expect(wakeMoment(atAlarm(waiting, now + 1).after, null)).toBe(now + limits.projectionDelayMs);
  });
});
