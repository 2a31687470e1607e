import type { LoadResult } from "./load/load-job.ts";
import { mergedPercentiles, type Percentiles } from "./load/latencies.ts";

export type Goal = { text: string; isMet: boolean };

/** One line of the bench's table. */
export type Row = Percentiles & {
  name: string;
  requestsPerSecond: number;
  /** Null where the requests are not votes. */
  votesPerSecond: number | null;
  /** Requests a second as a share of what the runtime echoed just before and after. */
  requestsOfEcho: number;
  /**
   * How long after the last answer the database held every vote, in the worst of the runs; null
   * where there were none.
   */
  drainedAfterMs: number | null;
  goal: Goal | null;
  generatorUtilization: number;
};

/** Runs of the same load, and the echo rate around them. */
export type Measurement = {
  results: (LoadResult & { drainedAfterMs?: number })[];
  echoPerSecond: number;
};

export function toRow(
  name: string,
  { results, echoPerSecond }: Measurement,
  goalOf: (row: Omit<Row, "goal">) => Goal | null = () => null,
): Row {
  const seconds = sum(results, (result) => result.measuredSeconds);
  const votes = sum(results, (result) => result.votes);
  const requestsPerSecond = sum(results, (result) => result.requests) / seconds;
  const row = {
    name,
    requestsPerSecond,
    votesPerSecond: votes === 0 ? null : votes / seconds,
    requestsOfEcho: requestsPerSecond / echoPerSecond,
    ...mergedPercentiles(results.map((result) => result.latencies)),
    drainedAfterMs:
      votes === 0 ? null : Math.max(...results.map((result) => result.drainedAfterMs ?? 0)),
    generatorUtilization: Math.max(...results.map((result) => result.utilization)),
  };
  return { ...row, goal: goalOf(row) };
}

export function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
