import { limits } from "../shared/limits.ts";
import { objectGigabytes, type BilledUnit } from "./price-list.ts";
import { roomUsageASecond } from "./room-usage.ts";
import { shareAtWork, stepsASecond } from "./share-at-work.ts";
import type { ShardUsage } from "./shard-usage.ts";

/** What is billed while votes are cast; storage is by the month. */
export type CastingUnit = Exclude<BilledUnit, "object_storage_gigabytes" | "d1_storage_gigabytes">;
type Units = Record<CastingUnit, number>;

/** A decision while it is voted on, one vote a request. */
export interface VotedDecision {
  /** Of all its shards. */
  votesPerSecond: number;
  /** Objects at work for it: its shards, and its room where that holds none. */
  objects: number;
  regions: number;
  isRollCall: boolean;
  database: "d1" | "postgres";
  log: "queue" | "kafka";
  votesACommit: number;
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
 * What D1 writes and reads, as `d1-rows-a-ballot.test.ts` finds: a ballot in a table that is its own
 * index; those of a commit that are alike but for their voters, a kind; and for each record the
 * progress of its shard.
 */
export const d1Usage = {
  rowsWrittenABallot: 1,
  rowsWrittenARecord: 1,
  rowsReadABallot: 2,
  rowsReadAKind: 2,
  rowsReadARecord: 6,
} as const;

/** Kinds a ballot, where so many share a commit and each region and choice is as likely. */
function kindsABallot({ votesACommit, regions }: VotedDecision): number {
  const kinds = choicesOfBallot * Math.max(1, regions);
  return (kinds * (1 - (1 - 1 / kinds) ** votesACommit)) / votesACommit;
}

/** Yes, no and abstain. */
const choicesOfBallot = 3;

/**
 * Units billed for one vote. Where records may come together or alone, alone: each has a call of the
 * consumer, a row of its shard's progress, and a confirmation.
 */
export function unitsAVote(decision: VotedDecision): Units {
  const { votesPerSecond, shard, database, log } = decision;
  const messages = log === "queue" ? shard.records : 0;
  const isD1 = database === "d1";
  const { rowsWrittenABallot, rowsWrittenARecord } = d1Usage;
  const { rowsReadABallot, rowsReadAKind, rowsReadARecord } = d1Usage;
  const kinds = kindsABallot(decision);
  const own: Units = {
    worker_requests: 1 + messages,
    worker_cpu_ms: workerCpuMs,
    object_requests: 1 + shard.alarms + shard.reports + shard.confirmations,
    object_gigabyte_seconds: 0,
    object_rows_written: shard.rowsWritten,
    object_rows_read: shard.rowsRead,
    queue_operations: operationsARecord * messages,
    d1_rows_written: isD1 ? rowsWrittenABallot + rowsWrittenARecord * shard.records : 0,
    d1_rows_read: isD1
      ? rowsReadABallot + rowsReadAKind * kinds + rowsReadARecord * shard.records
      : 0,
  };
  const second = unitsASecond(decision);
  // The keys are those of the record, each once.
  const names = Object.keys(own) as CastingUnit[];
  const sums = names.map((name) => [name, own[name] + second[name] / votesPerSecond] as const);
  return Object.fromEntries(sums) as Units;
}

function unitsASecond({ objects, database, ...decision }: VotedDecision): Units {
  const room = roomUsageASecond(decision);
  const isD1 = database === "d1";
  return {
    worker_requests: 0,
    worker_cpu_ms: 0,
    // Each object tells the collector of metrics what it has measured.
    object_requests:
      room.alarms + objects * stepsASecond(limits.metricsFlushMs, decision.votesPerSecond),
    object_gigabyte_seconds: objects * objectGigabytes * shareAtWork(decision.votesPerSecond),
    object_rows_written: room.rowsWritten,
    object_rows_read: 0,
    queue_operations: 0,
    d1_rows_written: isD1 ? room.d1RowsWritten : 0,
    d1_rows_read: 0,
  };
}
