import { limits } from "../../src/shared/limits.ts";
import type { SimulatedCommit } from "./simulate-shard.ts";

/** A record on its way into the database; times in ms. */
export interface SimulatedRecord {
  publishedAt: number;
  /** When the first of its ballots was accepted. */
  acceptedAt: number;
  ballots: number;
}

/** What a shard publishes of its commits: all that is there, a delay after the first of it. */
export function simulateOutbox(commits: readonly SimulatedCommit[]): SimulatedRecord[] {
  const records: SimulatedRecord[] = [];
  for (let at = 0; at < commits.length;) {
    const acceptedAt = commits[at]?.doneAt ?? 0;
    const publishedAt = acceptedAt + limits.drainDelayMs;
    let ballots = 0;
    for (; (commits[at]?.doneAt ?? Number.POSITIVE_INFINITY) <= publishedAt; at += 1)
      ballots += (commits[at]?.to ?? 0) - (commits[at]?.from ?? 0);
    for (; ballots > 0; ballots -= limits.recordBallotsMax)
      records.push({
        publishedAt,
        acceptedAt,
        ballots: Math.min(ballots, limits.recordBallotsMax),
      });
  }
  return records;
}

/** When the database had a record, and for how long its oldest ballot had waited, in ms. */
export interface Lag {
  at: number;
  lagMs: number;
}

/** The queue gathers messages for a second, or until there are a hundred. */
const batch = { messages: 100, waitMs: 1_000 } as const;

/** A queue's batches into a database that applies so many ballots a second, one after another. */
export function simulateWriter(records: readonly SimulatedRecord[], ballotsASecond: number): Lag[] {
  const inOrder = records.toSorted((one, other) => one.publishedAt - other.publishedAt);
  const lags: Lag[] = [];
  let freeAt = 0;
  for (let from = 0; from < inOrder.length;) {
    const closesAt = (inOrder[from]?.publishedAt ?? 0) + batch.waitMs;
    let to = from;
    while (to - from < batch.messages && (inOrder[to]?.publishedAt ?? Infinity) <= closesAt)
      to += 1;
    const taken = inOrder.slice(from, to);
    const isFull = taken.length === batch.messages;
    const begin = Math.max(freeAt, isFull ? (taken.at(-1)?.publishedAt ?? 0) : closesAt);
    const ballots = taken.reduce((sum, record) => sum + record.ballots, 0);
    freeAt = begin + (ballots / ballotsASecond) * 1_000;
    for (const { acceptedAt } of taken) lags.push({ at: freeAt, lagMs: freeAt - acceptedAt });
    from = to;
  }
  return lags;
}
