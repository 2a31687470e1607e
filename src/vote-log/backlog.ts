import type { ShardAddress } from "../ballot/receipt.ts";

/** What of a shard the database is not known to hold, though it should by now. */
export type ShardBacklog = ShardAddress & {
  /** Accepted less confirmed; 0 where only the way to room or log fails. */
  ballots: number;
  /**
   * The end of the minute (ms) in which the oldest of them was seen to wait, or in which the way
   * began to fail.
   */
  since: number;
  /** What keeps the shard from sending them, in words for health; null where they are sent. */
  cause: string | null;
};

/** Why a writer could not write, in words for health, and when (ms). */
export type WriterFailure = { cause: string; at: number };
