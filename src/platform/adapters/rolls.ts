import type { Rolls } from "../../ports/rolls.ts";
import { askByShard } from "./ask-by-shard.ts";
import type { ShardCalls } from "./shard-calls.ts";

/** The shards' parts of a roll, in the objects that take their voters' ballots. */
export function durableRolls(shardAt: ShardCalls): Rolls {
  return {
    load: ({ plan, shard, roll, rows, batch }) => shardAt(plan, shard).loadRoll(roll, rows, batch),
    seal: (plan, shard, roll) =>
      shardAt(plan, shard).sealRoll(roll, { decisionId: plan.decisionId, shard }),
    readAfter: ({ plan, shard, number, afterPid, max }) =>
      shardAt(plan, shard).readRoll(number, afterPid, max),
    readPidsAfter: ({ plan, shard, number, afterPid, max }) =>
      shardAt(plan, shard).readRollPids(number, afterPid, max),
    findPidsIn: ({ plan, shard, number, pids }) =>
      shardAt(plan, shard).findPidsOnRoll(number, pids),
    find: (plan, number, pids) =>
      askByShard({
        shardMap: plan.shardMap,
        pids,
        ask: (shard, some) => shardAt(plan, shard).findOnRoll(number, some),
        isFound: (entry) => entry !== null,
      }),
  };
}
