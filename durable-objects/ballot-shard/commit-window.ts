import { limits } from "../../src/shared/limits.ts";

/** How calls have arrived of late, and whether waiting for others has paid. */
export type ArrivalPattern = {
  /** When the last call arrived, in ms; null before the first. */
  lastAt: number | null;
  /** The moving average of the time between two calls. */
  meanGapMs: number;
  /** The moving average of the calls that joined one which waited. */
  meanJoined: number;
  /** Commits since one waited. */
  unwaited: number;
};

/** Before the first call: alone, but worth a try should others follow closely. */
export const noArrivals: ArrivalPattern = {
  lastAt: null,
  meanGapMs: limits.commitIdleMs,
  meanJoined: 1,
  unwaited: 0,
};

/** An average of the last values, of which the newest counts for an eighth. */
function moved(mean: number, value: number): number {
  return mean + (value - mean) / 8;
}

/** The pattern with a call that arrives at `now` (ms). After a silence it begins anew. */
export function afterArrival(pattern: ArrivalPattern, now: number): ArrivalPattern {
  const gapMs = pattern.lastAt === null ? Number.POSITIVE_INFINITY : now - pattern.lastAt;
  const meanGapMs =
    gapMs >= limits.commitIdleMs
      ? limits.commitIdleMs
      : moved(pattern.meanGapMs, Math.max(0, gapMs));
  return { ...pattern, lastAt: now, meanGapMs };
}

/**
 * For how long (ms) a call that has just arrived waits for others, so that one commit serves them
 * all. None is waited for that is not expected: when calls are further apart than the wait, or when
 * whoever calls waits for each answer before the next call. In that case it is tried again now and
 * then.
 */
export function waitMs({ meanGapMs, meanJoined, unwaited }: ArrivalPattern): number {
  if (meanGapMs > limits.commitWaitMsMax) return 0;
  const hasPaid = meanJoined >= 0.5;
  return hasPaid || unwaited >= limits.commitsUntilWaitTried ? limits.commitWaitMsMax : 0;
}

/** The pattern after a commit; `joined` is how many calls joined the first, null if it did not wait. */
export function afterCommit(pattern: ArrivalPattern, joined: number | null): ArrivalPattern {
  if (joined === null) return { ...pattern, unwaited: pattern.unwaited + 1 };
  return { ...pattern, meanJoined: moved(pattern.meanJoined, joined), unwaited: 0 };
}
