import type { Tally } from "../ballot/tally.ts";

/**
 * What a shard says of itself: every ballot up to `seq`, as it was at `takenAt` (ms on the shard's
 * clock).
 */
export type ShardSnapshot = {
  shard: number;
  seq: number;
  tally: Tally;
  takenAt: number;
  isSealed: boolean;
};

/** When the last of these shards was sealed, in ms. */
export function lastSealOf(seals: Iterable<ShardSnapshot>): number {
  return Math.max(...[...seals].map(({ takenAt }) => takenAt));
}
