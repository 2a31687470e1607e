import type { Recoveries } from "../../ports/recovery.ts";
import { isInRoom } from "../../decision/shard-map.ts";
import { versionedRegistry, versionedRoom } from "../objects/versioned-stubs.ts";
import type { ShardCalls } from "./shard-calls.ts";

/** Recovery by the platform's bookmarks, which the local runtime has none of. */
export function durableRecoveries(
  env: Pick<Env, "DECISION_ROOM" | "REGISTRY">,
  shardAt: ShardCalls,
): Recoveries {
  return {
    async recover({ plan, shard, to }, actor) {
      const { decisionId, shardMap } = plan;
      const bookmark = await shardAt(plan, shard).bookmarkAt(to);
      if (bookmark === null) return "unavailable";
      const recovery = { decisionId, shard, to };
      await versionedRegistry(env.REGISTRY).recordRecovery(recovery, actor);
      const room = versionedRoom(env.DECISION_ROOM, decisionId);
      // What a room that holds the shard writes now goes with it.
      if (!isInRoom(shardMap, shard)) await room.recordRecovery(recovery, actor);
      const undo = await shardAt(plan, shard).recoverTo(bookmark);
      // It knows its shards in memory alone, and believes that they only grow.
      if (!isInRoom(shardMap, shard)) await room.restart();
      return { undo };
    },
  };
}
