import type { CastRequest } from "../../../src/ballot/voter.ts";
import type { RollEntry } from "../../../src/decision/roll.ts";
import type { Disclosure, RevotePolicy } from "../../../src/decision/decision.ts";

/** What a simulated shard is opened with. */
export interface ShardSetup {
  revotePolicy: RevotePolicy;
  disclosure: Disclosure;
  roll: readonly [pid: string, entry: RollEntry][] | null;
  opensAt: number;
  closesAt: number | null;
  /** The clock at the beginning, in ms. */
  now: number;
  bounds: {
    indexFlushBallots: number;
    indexPartitionBits: number;
    logRowBallotsMax: number;
    indexBlockEntriesMax: number;
    stateLagBallots: number;
    ballotsAVoterMax: number;
    shardQueueBallotsMax: number;
    commitBallotsMax: number;
  };
  /** All voters, those of another shard too. */
  pids: readonly string[];
}

/** How the vote log takes what is published to it. */
export type LogConduct = "takes" | "refuses" | "takes and throws" | "loses";

/** The n-th statement of a step fails (n from 1); where a step has fewer, none does. */
type MayFail = { failAt?: number };

/** What comes between calls and their commit. */
export type Meanwhile = "seal" | "pause" | "evict";

/** One thing that happens to a shard. */
export type FuzzStep =
  /** Calls that arrive in one turn. */
  | ({ kind: "cast"; calls: CastRequest[][]; meanwhile?: Meanwhile } & MayFail)
  /** The same, and all that they wrote is lost before it is on disk, as in a crash. */
  | { kind: "crash"; calls: CastRequest[][] }
  | ({ kind: "open"; isOther?: true } & MayFail)
  | ({ kind: "evict" } & MayFail)
  /** The clock goes on, or back. */
  | { kind: "wait"; ms: number }
  | ({ kind: "alarm"; log: LogConduct; isRoomAway?: true } & MayFail)
  /** The writer applies what is in the log, and confirms: now, or with the next delivery. */
  | ({ kind: "deliver"; isLate?: true } & MayFail)
  /** The database is lost, and everything is asked for again; a writer may be about to confirm. */
  | ({ kind: "rebuild"; isAmidDelivery?: true } & MayFail)
  | ({ kind: "seal" } & MayFail)
  /**
   * The room has the window's end come, so that it can be decided whether it goes on: by its own
   * clock, which is ahead of the shard's or not. Or it asks for an end that is not the window's.
   */
  | ({ kind: "pause"; aheadMs: number; isOther?: true } & MayFail)
  | ({ kind: "extend"; closesAt: number } & MayFail)
  | { kind: "read"; seq: number; max: number }
  | { kind: "repeat" }
  | { kind: "compare" };

/** A shard's life, as it can be written down and lived again. */
export interface ShardHistory {
  setup: ShardSetup;
  steps: FuzzStep[];
}
