import { limits } from "../../shared/limits.ts";
import type { BacklogSummary } from "../../ports/backlog.ts";

/** What readiness tells of what waits: nothing of it is exact, since anybody may read it. */
export interface BacklogView {
  /** Accepted less confirmed ballots of all decisions, at least: a power of ten, or 0. */
  lagBallots: number | null;
  /** For how many whole minutes the oldest of them has waited; null where none does. */
  oldestMinutes: number | null;
  /** Whether the oldest has waited for longer than it should. */
  isLate: boolean;
  lagProblems: string[];
  uncertified: number | null;
  uncertifiedMinutes: number | null;
  certificationProblems: string[];
}

const silence = "the registry does not answer: nobody knows what waits";

/**
 * What waits, at `now` (ms); null where the registry did not say. A count that moves by one and an
 * exact age would tell when somebody votes: both are told in steps.
 */
export function viewBacklog(backlog: BacklogSummary | null, now: number): BacklogView {
  if (backlog === null) {
    return {
      lagBallots: null,
      oldestMinutes: null,
      isLate: false,
      lagProblems: [silence],
      uncertified: null,
      uncertifiedMinutes: null,
      certificationProblems: [],
    };
  }
  const { ballots, since, uncertified, uncertifiedSince } = backlog;
  const isLate = since !== null && now - since > limits.backlogMsMax;
  return {
    lagBallots: ballots === 0 ? 0 : 10 ** (String(ballots).length - 1),
    oldestMinutes: minutesSince(since, now),
    isLate,
    lagProblems: [
      ...(isLate ? ["ballots have waited for the database for minutes"] : []),
      ...backlog.causes.map((cause) => `shards can't send: ${cause}`),
      ...(backlog.writerFailure === null
        ? []
        : [`the writer waits: ${backlog.writerFailure.cause}`]),
    ],
    uncertified,
    uncertifiedMinutes: minutesSince(uncertifiedSince, now),
    certificationProblems:
      uncertified === 0 ? [] : ["decisions that are over wait to be certified for long"],
  };
}

function minutesSince(since: number | null, now: number): number | null {
  return since === null ? null : Math.max(0, Math.floor((now - since) / 60_000));
}
