import { limits } from "../../src/shared/limits.ts";
import { listPrices, objectGigabytes, type BilledUnit } from "./list-prices.ts";
import type { ShardUsage } from "./shard-usage.ts";

/** A decision while it is voted on, one vote a request, with Queues and D1. */
export interface PricedDecision {
  /** Of each of its shards, the whole time. */
  votesPerSecond: number;
  shards: number;
  /** Rows of the regional lists that are written every ten seconds. */
  regions: number;
  /** What a vote takes of its shard at that rate. */
  shard: ShardUsage;
}

/**
 * Processor time of the Worker for one vote, in ms, its share of the writer with it: twice what one
 * local process takes for all of a vote, the shard's part too (1,941 a second on one thread).
 */
export const workerCpuMs = 1;

/** A message is written, read and deleted. */
const operationsARecord = 3;
/**
 * What D1 writes and reads, as `d1-rows-a-ballot.test.ts` finds: a ballot that is like no other of
 * its batch, in a table that is its own index; and for each record the progress of its shard.
 */
export const d1Usage = {
  rowsWrittenABallot: 1,
  rowsWrittenARecord: 1,
  rowsReadABallot: 4,
  rowsReadARecord: 6,
} as const;

/**
 * Units billed for one vote. Where records may come together or alone, alone: each has a call of the
 * consumer, a row of its shard's progress, and a confirmation. The room is at work as long as its
 * shards are.
 */
export function unitsAVote({
  votesPerSecond,
  shards,
  regions,
  shard,
}: PricedDecision): Record<BilledUnit, number> {
  const secondsAVote = 1 / votesPerSecond;
  const objects = 1 + 1 / shards;
  const listingsAVote = secondsAVote / shards / (limits.projectionDelayMs / 1_000);
  return {
    workerRequests: 1 + shard.records,
    workerCpuMs,
    objectRequests: 1 + shard.alarms + shard.reports + shard.confirmations,
    objectGigabyteSeconds: objects * secondsAVote * objectGigabytes,
    objectRowsWritten: shard.rowsWritten,
    objectRowsRead: shard.rowsRead,
    queueOperations: operationsARecord * shard.records,
    d1RowsWritten:
      d1Usage.rowsWrittenABallot +
      d1Usage.rowsWrittenARecord * shard.records +
      regions * listingsAVote,
    d1RowsRead: d1Usage.rowsReadABallot + d1Usage.rowsReadARecord * shard.records,
  };
}

/** USD by what is billed, and their sum. */
export interface Price {
  lines: Record<BilledUnit, number>;
  total: number;
}

/**
 * What a million votes cost in USD while they are cast, by the list prices, with nothing taken off
 * for what a plan includes. A unit a vote is a million units a million votes.
 */
export function priceOfMillionVotes(decision: PricedDecision): Price {
  const units = unitsAVote(decision);
  // The keys are those of the list, each once.
  const names = Object.keys(listPrices) as BilledUnit[];
  const priced = names.map((name) => [name, units[name] * listPrices[name]] as const);
  return {
    lines: Object.fromEntries(priced) as Price["lines"],
    total: priced.reduce((sum, [, usd]) => sum + usd, 0),
  };
}
