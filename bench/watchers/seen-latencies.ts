import { emptyLatencies, encodeLatencies } from "../votes/load/latencies.ts";

/** When votes were due: the first at `startedAt` (ms), then so many a second. */
export interface VoteSchedule {
  startedAt: number;
  perSecond: number;
  /** The first vote that is measured, from 0, and the one after the last. */
  from: number;
  to: number;
}

/** What one watcher saw: at each moment (ms) how many votes there were in all. */
export type Sightings = readonly (readonly [at: number, votes: number])[];

/**
 * From when each vote was due to when each watcher saw a count with it, in the encoding of
 * hdr-histogram-js. The n-th vote is taken to be the n-th that is counted.
 */
export function seenLatencies(watchers: Iterable<Sightings>, schedule: VoteSchedule): string {
  const { startedAt, perSecond, from, to } = schedule;
  const periodMs = 1_000 / perSecond;
  const byMs = new Map<number, number>();
  for (const sightings of watchers) {
    let seen = 0;
    for (const [at, votes] of sightings) {
      for (let vote = Math.max(seen, from); vote < Math.min(votes, to); vote += 1) {
        const ms = Math.round(at - startedAt - vote * periodMs);
        byMs.set(ms, (byMs.get(ms) ?? 0) + 1);
      }
      seen = Math.max(seen, votes);
    }
  }
  const histogram = emptyLatencies();
  for (const [ms, count] of byMs)
    histogram.recordValueWithCount(Math.max(1, Math.round(ms * 1_000)), count);
  return encodeLatencies(histogram);
}
