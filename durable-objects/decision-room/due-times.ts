import { limits } from "../../src/shared/limits.ts";
import { earliest } from "../shared/earliest.ts";

/**
 * When a room does its deferred work, beside the steps of its decision's life: times in ms, null
 * where nothing is due. Memory alone: an instance that begins looks at the record.
 */
export type DueTimes = {
  /** When the regional lists are written from what the shards have reported. */
  liveResultsAt: number | null;
  /** When to check whether any vote can still change the outcome. */
  earlyFinishAt: number | null;
  /** When the decision's row is written to the database after its last change. */
  decisionRowAt: number | null;
  /** Whether the instance before may have lost a report: then the next alarm writes the lists. */
  mayHaveMissedReports: boolean;
};

/** What a report leads to, by its decision. */
export type ReportConsequences = {
  isListedByRegion: boolean;
  /** Whether the list of decisions shows something of its results. */
  isListed: boolean;
  isEarlyFinish: boolean;
};

/** The work of an instance that has just begun; `isKnown` where its decision was there before. */
export function dueTimesAtStart(isKnown: boolean): DueTimes {
  return {
    liveResultsAt: null,
    earlyFinishAt: null,
    decisionRowAt: null,
    mayHaveMissedReports: isKnown,
  };
}

/** After a report at `now` (ms). A time that is set stays, or a busy shard would put it off. */
export function afterReport(
  work: DueTimes,
  { isListedByRegion, isListed, isEarlyFinish }: ReportConsequences,
  now: number,
): DueTimes {
  const { earlyFinishAt } = work;
  return {
    ...work,
    liveResultsAt: earliest([
      work.liveResultsAt,
      isListedByRegion ? now + limits.projectionDelayMs : null,
      isListed ? nextListingAt(now) : null,
    ]),
    earlyFinishAt: isEarlyFinish
      ? (earlyFinishAt ?? now + limits.earlyFinishDelayMs)
      : earlyFinishAt,
  };
}

/**
 * Full minutes by the clock: a time that is counted from a report would tell when a vote came that
 * is not shown yet.
 */
function nextListingAt(now: number): number {
  return (Math.floor(now / limits.listedResultDelayMs) + 1) * limits.listedResultDelayMs;
}

/** After a change of the decision at `now` (ms): the first of several sets the row's time. */
export function afterChange(work: DueTimes, now: number): DueTimes {
  return { ...work, decisionRowAt: work.decisionRowAt ?? now + limits.decisionRowDelayMs };
}

/** After the reconciler has run at `now` (ms). A decision that has ended has no live results. */
export function afterReconciling(
  work: DueTimes,
  { isRowDeferred, hasEnded }: { isRowDeferred: boolean; hasEnded: boolean },
  now: number,
): DueTimes {
  const { liveResultsAt, decisionRowAt, mayHaveMissedReports } = work;
  return {
    ...work,
    liveResultsAt: hasEnded ? null : liveResultsAt,
    mayHaveMissedReports: mayHaveMissedReports && !hasEnded,
    decisionRowAt: isRowDeferred ? (decisionRowAt ?? now + limits.decisionRowDelayMs) : null,
  };
}

/** What is due in an alarm at `now` (ms), and what is left after it. */
export function atAlarm(
  work: DueTimes,
  now: number,
): { areLiveResultsDue: boolean; after: DueTimes } {
  const { liveResultsAt, mayHaveMissedReports } = work;
  const areLiveResultsDue =
    mayHaveMissedReports || (liveResultsAt !== null && liveResultsAt <= now);
  const after: DueTimes = {
    liveResultsAt: areLiveResultsDue ? null : liveResultsAt,
    // Every alarm checks for an early finish, and writes the row.
    earlyFinishAt: null,
    decisionRowAt: null,
    mayHaveMissedReports: false,
  };
  return { areLiveResultsDue, after };
}

/** When the room runs next, in ms, if its reconciler runs next at `reconcileAt`; null for never. */
export function nextRunAt(work: DueTimes, reconcileAt: number | null): number | null {
  return earliest([reconcileAt, work.liveResultsAt, work.earlyFinishAt, work.decisionRowAt]);
}
