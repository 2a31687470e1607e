import { isInRoom, shardHint, shardName } from "../../decision/shard-map.ts";
import { BoundedMap } from "../../shared/bounded-map.ts";
import type { ShardPlan } from "../../ports/rolls.ts";
import { limits } from "../../shared/limits.ts";
import { versionedRoom, versionedShard } from "../objects/versioned-stubs.ts";

/** A shard of a decision as its callers reach it, wherever it lives. */
export type ShardCalls = ReturnType<typeof shardCalls>;

/** Finds shards in the objects that they live in: the one of the room, or their own. */
export function shardCalls(env: Pick<Env, "BALLOT_SHARD" | "DECISION_ROOM">) {
  const ids = new BoundedMap<string, DurableObjectId>(limits.isolateShardsMax);

  /** A stub belongs to its request; the id behind it, a hash of the name, is worth keeping. */
  const idOf = (namespace: DurableObjectNamespace, name: string): DurableObjectId => {
    let id = ids.get(name);
    if (id === undefined) {
      id = namespace.idFromName(name);
      ids.set(name, id);
    }
    return id;
  };

  return ({ decisionId, shardMap }: ShardPlan, shard: number) => {
    if (isInRoom(shardMap, shard)) {
      return versionedRoom(env.DECISION_ROOM, idOf(env.DECISION_ROOM, decisionId));
    }
    const id = idOf(env.BALLOT_SHARD, shardName(decisionId, shard));
    return versionedShard(env.BALLOT_SHARD, id, shardHint(shardMap, shard));
  };
}
