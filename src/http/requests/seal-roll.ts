import type { ShardRoll } from "../../decision/roll.ts";
import { RollRefused } from "../../roll/row-problem.ts";
import type { RollImport, Rolls, ShardPlan } from "../../ports/rolls.ts";

/** Has every shard count and hash its part of an import. It may be repeated. */
export function sealParts(rolls: Rolls, plan: ShardPlan, roll: RollImport): Promise<ShardRoll[]> {
  return Promise.all(
    plan.shardMap.map(async (_, shard) => orSuperseded(await rolls.seal(plan, shard, roll))),
  );
}

/** How many voters a shard holds. */
export function votersOf({ regions }: ShardRoll): number {
  return regions.reduce((sum, { voters }) => sum + voters, 0);
}

/**
 * What a shard answers to rows of an import.
 * @throws {RollRefused} roll.superseded where a later import has begun, or none is possible;
 * roll.piece_changed where a piece came with other rows before
 */
export function orSuperseded<Answer>(answer: Answer | "superseded" | "changed"): Answer {
  if (answer === "superseded") throw new RollRefused("roll.superseded");
  if (answer === "changed") throw new RollRefused("roll.piece_changed");
  return answer;
}
