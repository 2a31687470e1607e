/** How long a shard's thread works, and how it gathers votes. Times are in ms. */
export interface ShardTimes {
  voteMs: number;
  commitMs: number;
  /** What the first of a commit waits for others, until so many are enough. */
  windowMs: number;
  enough: number;
  /** That go into one commit at most. */
  batchMax: number;
}

/** A commit: votes `from` to `to` of the arrivals, done on the shard's thread at `doneAt` (ms). */
export interface SimulatedCommit {
  from: number;
  to: number;
  doneAt: number;
}

/** One shard's thread: votes in the order in which they come, one commit after another. */
export function simulateShard(
  arrivals: Float64Array,
  { voteMs, commitMs, windowMs, enough, batchMax }: ShardTimes,
): { commits: SimulatedCommit[]; busyMs: number } {
  const commits: SimulatedCommit[] = [];
  let [freeAt, busyMs] = [0, 0];
  for (let from = 0; from < arrivals.length;) {
    const first = at(arrivals, from);
    const whenEnough = at(arrivals, Math.min(from + enough, arrivals.length) - 1);
    const isEnough = from + enough <= arrivals.length;
    const windowEnd = isEnough ? Math.min(first + windowMs, whenEnough) : first + windowMs;
    const begin = Math.max(freeAt, windowEnd);
    let to = from;
    while (to < arrivals.length && to - from < batchMax && at(arrivals, to) <= begin) to += 1;
    const workMs = commitMs + voteMs * (to - from);
    freeAt = begin + workMs;
    busyMs += workMs;
    commits.push({ from, to, doneAt: freeAt });
    from = to;
  }
  return { commits, busyMs };
}

function at(moments: Float64Array, index: number): number {
  return moments[index] ?? Number.POSITIVE_INFINITY;
}
