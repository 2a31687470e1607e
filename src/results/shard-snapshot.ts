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
 * The snapshot to keep of two of one shard: more ballots win, then the seal, then the later look.
 * They may arrive in any order.
 */
export function newerSnapshot(
  known: ShardSnapshot | undefined,
  next: ShardSnapshot,
): ShardSnapshot {
  if (known === undefined || next.seq > known.seq) return next;
  if (next.seq < known.seq || known.isSealed) return known;
  return next.isSealed || next.takenAt > known.takenAt ? next : known;
}

/** When the last of these shards was sealed, in ms. */
export function lastSealOf(seals: Iterable<ShardSnapshot>): number {
  return Math.max(...[...seals].map(({ takenAt }) => takenAt));
}
