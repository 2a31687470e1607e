import { shardName, shardOf } from "../../src/decision/shard-map.ts";
import type { RollBox, ShardPlan, VoterStanding } from "../../src/http/deps.ts";
import { invariant } from "../../src/invariant.ts";

/** The shards' parts of a roll, in the objects that judge their voters. */
export function durableRollBox(namespace: Env["BALLOT_SHARD"]): RollBox {
  const shardStub = ({ decisionId, shardMap }: ShardPlan, shard: number) => {
    const place = shardMap[shard]?.place ?? null;
    const name = shardName(decisionId, shard);
    return namespace.getByName(name, place === null ? {} : { locationHint: place });
  };
  return {
    load: (plan, shard, roll, rows) => shardStub(plan, shard).loadRoll(roll, rows),
    seal: (plan, shard, roll) =>
      shardStub(plan, shard).sealRoll(roll, { decisionId: plan.decisionId, shard }),
    readAfter: (plan, shard, number, pid, max) => shardStub(plan, shard).readRoll(number, pid, max),

    async standings(plan, number, pids) {
      const byShard = Map.groupBy(pids, (pid) => shardOf(pid, plan.shardMap.length));
      const found = new Map<string, VoterStanding>();
      await Promise.all(
        [...byShard].map(async ([shard, some]) => {
          const standings = await shardStub(plan, shard).standings(number, some);
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
