import { emptyLatencies, encodeLatencies, recordLatency } from "./latencies.ts";
import type { HttpAnswer } from "./connection.ts";
import type { LoadResult } from "./load-job.ts";
import type { PreparedRequests } from "./prepare-requests.ts";

/** A platform that only fails would otherwise be asked as fast as it can fail. */
const failuresMax = 10_000;
const notModified = 304;

/** When a run began (`performance.now()`), for how long it was measured (ms), and how busy it was. */
export type RunTimes = { startedAt: number; measuredMs: number; utilization: number };

export type AnswerTally = {
  /**
   * Counts one answer; times are `performance.now()` milliseconds. Latency runs from `sentAt`, as
   * the pace understands it.
   */
  add(answer: HttpAnswer | Error, sentAt: number, answeredAt: number): void;
  hasFailed(): boolean;
  result(run: RunTimes): LoadResult;
};

/**
 * Counts answers; only those sent and answered inside the measured window count for rates and
 * latencies.
 */
export function tallyAnswers(
  requests: PreparedRequests,
  window: { from: number; to: number },
): AnswerTally {
  const latencies = emptyLatencies();
  const failures: Record<string, number> = {};
  let firstFailure: string | null = null;
  let failed = 0;
  let measured = 0;
  let measuredVotes = 0;
  let acknowledgedVotes = 0;

  const fail = (code: string, detail: string): void => {
    failures[code] = (failures[code] ?? 0) + 1;
    firstFailure ??= detail.slice(0, 300);
    failed += 1;
  };
  return {
    add: (answer, sentAt, answeredAt) => {
      if (answer instanceof Error) return fail("no answer", `${answer.name}: ${answer.message}`);
      if (answer.status >= 300 && answer.status !== notModified)
        return fail(String(answer.status), answer.body);
      const votes = requests.acknowledged(answer.status, answer.body);
      acknowledgedVotes += votes;
      if (sentAt < window.from || answeredAt > window.to) return;
      measured += 1;
      measuredVotes += votes;
      recordLatency(latencies, answeredAt - sentAt);
    },
    hasFailed: () => failed >= failuresMax,
    result: ({ startedAt, measuredMs, utilization }) => ({
      startedAt: performance.timeOrigin + startedAt,
      requests: measured,
      votes: measuredVotes,
      measuredSeconds: measuredMs / 1_000,
      acknowledgedVotes,
      failures,
      firstFailure,
      latencies: encodeLatencies(latencies),
      utilization,
    }),
  };
}
