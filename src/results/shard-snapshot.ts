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

/**
 * What a shard says once its window has ended and it takes no more votes: everything that came in
 * time, and its tally as the window's last minutes began.
 */
export type EndedWindow = ShardSnapshot & { lastMinutes: Tally };

/** When the last of these shards was sealed, in ms. */
export function lastSealOf(seals: Iterable<ShardSnapshot>): number {
  return Math.max(...[...seals].map(({ takenAt }) => takenAt));
}
