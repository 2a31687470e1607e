import { limits } from "../../src/shared/limits.ts";
import { earliest } from "../shared/earliest.ts";

/**
 * What a room waits for beside the steps of its decision's life: moments in ms, null where there is nothing to wait for. Memory alone:
 * an instance that wakes looks at what is.
 */
export type RoomMoments = {
  /** When the regional lists follow what the shards have reported. */
  liveResults: number | null;
  /** When to judge whether anything can still change. */
  judgement: number | null;
  /** When the decision's row in the database follows its last change. */
  row: number | null;
  /** Whether a report may have been forgotten with the instance before: then the next alarm lets the lists follow in any case. */
  mayHaveMissedReports: boolean;
};

/** What a report makes the room wait for, told by its decision. */
export type ReportConsequences = { isListedByRegion: boolean; isEarlyFinish: boolean };

/** The moments of an instance that has just begun, for a decision that was there before it or was not. */
export function momentsAtStart(isKnown: boolean): RoomMoments {
  return { liveResults: null, judgement: null, row: null, mayHaveMissedReports: isKnown };
}

/** After a shard's report at `now` (ms). What is waited for already is not put off, or a busy shard would put it off for ever. */
export function afterReport(
  moments: RoomMoments,
  { isListedByRegion, isEarlyFinish }: ReportConsequences,
  now: number,
): RoomMoments {
  const { liveResults, judgement } = moments;
  return {
    ...moments,
    liveResults: isListedByRegion ? (liveResults ?? now + limits.projectionDelayMs) : liveResults,
    judgement: isEarlyFinish ? (judgement ?? now + limits.earlyFinishDelayMs) : judgement,
  };
}

/** After a change of the decision at `now` (ms) that its row is to follow: the first of several sets the moment. */
export function afterChange(moments: RoomMoments, now: number): RoomMoments {
  return { ...moments, row: moments.row ?? now + limits.decisionRowDelayMs };
}

/** After the room has brought the world to its record at `now` (ms). Of a decision that has ended no live results are listed any more. */
export function afterReconciling(
  moments: RoomMoments,
  { isRowWanted, hasEnded }: { isRowWanted: boolean; hasEnded: boolean },
  now: number,
): RoomMoments {
  const { liveResults, row, mayHaveMissedReports } = moments;
  return {
    ...moments,
    liveResults: hasEnded ? null : liveResults,
    mayHaveMissedReports: mayHaveMissedReports && !hasEnded,
    row: isRowWanted ? (row ?? now + limits.decisionRowDelayMs) : null,
  };
}

/** What an alarm at `now` (ms) finds due, and what is waited for after it. */
export function atAlarm(
  moments: RoomMoments,
  now: number,
): { areLiveResultsDue: boolean; after: RoomMoments } {
  const { liveResults, mayHaveMissedReports } = moments;
  const areLiveResultsDue = mayHaveMissedReports || (liveResults !== null && liveResults <= now);
  const after: RoomMoments = {
    liveResults: areLiveResultsDue ? null : liveResults,
    // The alarm judges, and writes the row, in any case.
    judgement: null,
    row: null,
    mayHaveMissedReports: false,
  };
  return { areLiveResultsDue, after };
}

/** When the room has to wake, in ms, where the steps of its decision's life want it at `lifecycle`; null when never. */
export function wakeMoment(moments: RoomMoments, lifecycle: number | null): number | null {
  return earliest([lifecycle, moments.liveResults, moments.judgement, moments.row]);
}
