import { shardOf } from "../../decision/shard-map.ts";
import type { Rolls, VoterStanding } from "../../ports/rolls.ts";
import { invariant } from "../../shared/invariant.ts";
import type { ShardCalls } from "./shard-calls.ts";

/** The shards' parts of a roll, in the objects that take their voters' ballots. */
export function durableRolls(shardAt: ShardCalls): Rolls {
  return {
    load: ({ plan, shard, roll, rows }) => shardAt(plan, shard).loadRoll(roll, rows),
    seal: (plan, shard, roll) =>
      shardAt(plan, shard).sealRoll(roll, { decisionId: plan.decisionId, shard }),
    readAfter: ({ plan, shard, number, afterPid, max }) =>
      shardAt(plan, shard).readRoll(number, afterPid, max),

    async standings(plan, number, pids) {
      const byShard = Map.groupBy(pids, (pid) => shardOf(pid, plan.shardMap.length));
      const found = new Map<string, VoterStanding>();
      await Promise.all(
        [...byShard].map(async ([shard, some]) => {
          const standings = await shardAt(plan, shard).standings(number, some);
          for (const [index, standing] of standings.entries())
            found.set(some[index] ?? "", standing);
        }),
      );
      return pids.map((pid) => {
        const standing = found.get(pid);
        invariant(standing !== undefined, "a shard answers for each of its voters");
        return standing;
      });
    },
  };
}
