import type { DecisionDraft, Manifest } from "../decision/decision.ts";
import type { LifecycleRefusal } from "../decision/lifecycle.ts";
import type { RollEntry, ShardRoll } from "../decision/roll.ts";
import type { ShardMap } from "../decision/shard-map.ts";

/** How far an upload of a roll is; times in ms. */
export type RollProgress = {
  import: number;
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

/** The shards of a decision, of a draft too. */
export type ShardPlan = Pick<Manifest, "decisionId" | "shardMap">;
/**
 * An import under its number, and the number of the one that stays in force until it is adopted.
 */
export type RollImport = { number: number; inForce: number | null };

/** Rows for a shard's part of an import: a JSON array of [pid, region, weight], or with a name behind. */
export interface RollLoad {
  plan: ShardPlan;
  shard: number;
  roll: RollImport;
  rows: string;
}

/** At most `max` entries of a shard's part of import `number`, after a pid. */
export interface RollQuery {
  plan: ShardPlan;
  shard: number;
  number: number;
  afterPid: string;
  max: number;
}

/**
 * The shards' parts of a roll. Rows are durable when a call returns, and count for nothing until
 * the room adopts their import.
 */
export interface Rolls {
  /**
   * Loads rows; gives the offsets of those whose pid was loaded before. Not to be repeated.
   */
  load(load: RollLoad): Promise<readonly number[] | "superseded">;
  /** Counts and hashes a shard's part; nothing can be loaded after it. */
  seal(plan: ShardPlan, shard: number, roll: RollImport): Promise<ShardRoll | "superseded">;
  /** Entries of an import, by pid. */
  readAfter(query: RollQuery): Promise<({ pid: string } & RollEntry)[]>;
  /** The entries of voters in an import, in their order; null of whoever is not on it. */
  find(plan: ShardPlan, number: number, pids: readonly string[]): Promise<(RollEntry | null)[]>;
}
