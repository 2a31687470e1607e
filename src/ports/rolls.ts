import type { DecisionDraft, Manifest } from "../decision/decision.ts";
import type { LifecycleRefusal } from "../decision/lifecycle.ts";
import type { RefusedRows, RollEntry, ShardRoll } from "../decision/roll.ts";
import type { ShardMap } from "../decision/shard-map.ts";

/** How far an upload of a roll is; times in ms. */
export type RollProgress = {
  import: number;
  /** Of an upload in pieces: how many are in, so the number of the next one. Else null. */
  pieces: number | null;
  rows: number;
  refused: number;
  bytes: number;
  startedAt: number;
  updatedAt: number;
};

/**
 * An import that has begun: its number, that of the import in force meanwhile, and what its rows
 * are checked against.
 */
export type BeginRollReply =
  | {
      kind: "begun";
      roll: { number: number; inForce: number | null };
      draft: DecisionDraft;
      shardMap: ShardMap;
      decisionKey: Uint8Array;
    }
  | { kind: "refused"; code: LifecycleRefusal }
  | { kind: "not_found" };

/** What of an upload in pieces is in: counts, and the first bad rows by line. */
export interface RollUploadState {
  import: number;
  pieces: number;
  rows: number;
  bytes: number;
  refused: RefusedRows;
  startedAt: number;
  updatedAt: number;
}

/**
 * An upload in pieces that can go on. `outdated`: shards, regions or rules of voter_ids are others
 * than when it began. `superseded`: a later import has begun.
 */
export type ContinueRollReply =
  | (Extract<BeginRollReply, { kind: "begun" }> & { upload: RollUploadState })
  | Exclude<BeginRollReply, { kind: "begun" }>
  | { kind: "superseded" | "outdated" };

/** What a piece of an upload came to. */
export type RollPiece = { piece: number } & Pick<RollUploadState, "rows" | "bytes" | "refused">;

/** The shards of a decision, of a draft too. */
export type ShardPlan = Pick<Manifest, "decisionId" | "shardMap">;
/**
 * An import under its number, and the number of the one that stays in force until it is adopted.
 */
export type RollImport = { number: number; inForce: number | null };

/** A batch of a piece, which may come again: it is loaded once. */
export interface RollBatch {
  piece: number;
  batch: number;
}

/** Rows for a shard's part of an import: a JSON array of [pid, region, weight], or with a name behind. */
export interface RollLoad {
  plan: ShardPlan;
  shard: number;
  roll: RollImport;
  rows: string;
  /** Null of an upload that comes as one body, whose loads are not repeated. */
  batch: RollBatch | null;
}

/** At most `max` entries of a shard's part of import `number`, after a pid. */
export interface RollQuery {
  plan: ShardPlan;
  shard: number;
  number: number;
  afterPid: string;
  max: number;
}

/** Voters who are sought in a shard's part of import `number`. */
export interface RollSearch {
  plan: ShardPlan;
  shard: number;
  number: number;
  pids: readonly string[];
}

/**
 * The shards' parts of a roll. Rows are durable when a call returns, and count for nothing until
 * the room adopts their import.
 */
export interface Rolls {
  /**
   * Loads rows; gives the offsets of those whose pid was loaded before. Only a batch may be repeated
   * and answers the same again; `changed` where it came with other rows before.
   */
  load(load: RollLoad): Promise<readonly number[] | "superseded" | "changed">;
  /** Counts and hashes a shard's part; nothing can be loaded after it. */
  seal(plan: ShardPlan, shard: number, roll: RollImport): Promise<ShardRoll | "superseded">;
  /** Entries of an import, by pid. */
  readAfter(query: RollQuery): Promise<({ pid: string } & RollEntry)[]>;
  /** The pids of the same query alone. */
  readPidsAfter(query: RollQuery): Promise<string[]>;
  /** Those of these pids who are in a shard's part of an import. */
  findPidsIn(search: RollSearch): Promise<string[]>;
  /** The entries of voters in an import, in their order; null of whoever is not on it. */
  find(plan: ShardPlan, number: number, pids: readonly string[]): Promise<(RollEntry | null)[]>;
}
