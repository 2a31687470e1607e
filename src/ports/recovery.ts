import type { Actor } from "../audit-log/audit-entry.ts";
import type { ShardPlan } from "./rolls.ts";

/** A shard, and the time (ms) whose state it is to have again. */
export interface ShardRecovery {
  plan: ShardPlan;
  shard: number;
  to: number;
}

/** Takes a shard back to what the platform kept of it. */
export interface Recoveries {
  /**
   * Records it, has the shard begin again as it was then, and has its room ask all shards anew.
   * Gives the bookmark of the platform that takes it back, or says that the platform keeps none.
   */
  recover(recovery: ShardRecovery, actor: Actor): Promise<{ undo: string } | "unavailable">;
}
