import type { DeadLetter } from "../database/database.ts";
import type { VoteRecord } from "./vote-record.ts";

/**
 * The way from the shards to the database.
 *
 * Guarantees: when `publish` returns, every record is durable in the log and will be delivered at
 * least once, perhaps more than once, perhaps out of order. When it throws, any part of the records
 * may have been taken: publishing them again is safe, since whoever consumes is idempotent by
 * (decision, shard, seq). It retries nothing; the caller does. The log may lose records all the
 * same (it is not the record of anything): a shard publishes again what is not confirmed.
 */
export interface VoteLog {
  publish(records: readonly VoteRecord[]): Promise<void>;
}

/**
 * Guarantees: when `put` returns, the dead letters are durable; the same dead letter put twice is
 * one dead letter.
 */
export interface DeadLetters {
  put(deadLetters: readonly DeadLetter[]): Promise<void>;
}

/** How the vote log does, for those who run the platform. */
export type VoteLogHealth = {
  kind: "queue" | "kafka" | "misconfigured";
  /** What keeps votes from reaching the database, in words; empty where nothing does. */
  problems: string[];
};
