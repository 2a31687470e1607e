import { limits } from "../shared/limits.ts";
import { waitQuantile } from "./waiting-time.ts";

/** The parts of the time between a vote's arrival at the platform and its answer. */
export const latencyPartNames = [
  "worker",
  "way_to_shard",
  "wait_for_others",
  "turn_of_shard",
  "commit",
] as const;
export const latencyBases = ["computed", "assumed"] as const;

/** Times in ms, and whether they are worked out from measured figures or assumed. */
export interface LatencyPart {
  name: (typeof latencyPartNames)[number];
  p50Ms: number;
  p99Ms: number;
  basis: (typeof latencyBases)[number];
}

/** The parts add up: a p99 that is the sum of p99s is rather too high. */
export interface Latency {
  p50Ms: number;
  p99Ms: number;
  parts: readonly LatencyPart[];
}

/** How a shard gathers votes for a commit. */
export interface GroupCommitPlan {
  /** What the first waits for others at most, in ms; 0 where nobody is expected. */
  windowMs: number;
  votesACommit: number;
}

/** The window of a shard by its rate, as `commit-window.ts` chooses it. */
export function groupCommitAt(votesPerSecond: number): GroupCommitPlan {
  const gapMs = 1_000 / votesPerSecond;
  if (gapMs > limits.commitWaitMsMax) return { windowMs: 0, votesACommit: 1 };
  const untilEnoughMs = (limits.commitBallotsEnough - 1) * gapMs;
  const windowMs = Math.min(limits.commitWaitMsMax, untilEnoughMs);
  return { windowMs, votesACommit: 1 + windowMs / gapMs };
}

/**
 * Nobody has measured Cloudflare here. A shard near its voters, in the same part of a continent; the
 * platform's own copies of a write, which it makes before the answer leaves.
 */
export const assumedTimes = {
  worker: { p50Ms: 2, p99Ms: 10 },
  wayToShard: { p50Ms: 10, p99Ms: 40 },
  wayToOtherContinent: { p50Ms: 120, p99Ms: 250 },
  commit: { p50Ms: 10, p99Ms: 30 },
} as const;

/**
 * A voter's shard follows from the pseudonym alone, so of voters on n continents one in n has it near,
 * wherever the shards are.
 */
function wayOver(continents: number): { p50Ms: number; p99Ms: number } {
  const { wayToShard: near, wayToOtherContinent: far } = assumedTimes;
  if (continents === 1) return near;
  return { p50Ms: continents === 2 ? near.p99Ms : far.p50Ms, p99Ms: far.p99Ms };
}

/**
 * What a vote takes at so many a second and shard; null where a shard can't keep up. A shard's turn
 * is what the platform says an object takes a second, one vote a request.
 */
export function latencyAt(votesPerSecond: number, continents: number): Latency | null {
  const turnMs = 1_000 / limits.objectRequestsASecondMax;
  const load = votesPerSecond / limits.objectRequestsASecondMax;
  if (load >= 1) return null;
  const { windowMs, votesACommit } = groupCommitAt(votesPerSecond);
  const turn = (share: number): number => turnMs * (1 + waitQuantile(load, share));
  const parts: LatencyPart[] = [
    { name: "worker", ...assumedTimes.worker, basis: "assumed" },
    { name: "way_to_shard", ...wayOver(continents), basis: "assumed" },
    {
      name: "wait_for_others",
      // The first waits all of it, those that follow what is left of it.
      p50Ms: windowMs * Math.min(1, 0.5 + 0.5 / votesACommit),
      p99Ms: windowMs,
      basis: "computed",
    },
    { name: "turn_of_shard", p50Ms: turn(0.5), p99Ms: turn(0.99), basis: "computed" },
    { name: "commit", ...assumedTimes.commit, basis: "assumed" },
  ];
  const sum = (name: "p50Ms" | "p99Ms"): number =>
    parts.reduce((total, part) => total + part[name], 0);
  return { p50Ms: sum("p50Ms"), p99Ms: sum("p99Ms"), parts };
}
