import { isInRoom } from "../../src/decision/shard-map.ts";
import type { RoomShards } from "./shards.ts";
import type { RoomStore } from "./room-store.ts";

/**
 * Drops imports that can't be adopted any more: all of them once a draft is cancelled, and after
 * the opening those in shards that the frozen map does not have.
 */
export async function dropStrayRolls(store: RoomStore, shards: RoomShards): Promise<void> {
  const { decision } = store;
  if (decision === null || decision.status === "draft") return;
  const shardMap = decision.manifest?.shardMap ?? [];
  const inUse = shardMap.filter((_, shard) => !isInRoom(shardMap, shard)).length;
  const stray = Math.max(0, store.mark("roll_shards") - inUse);
  const isStrayInRoom = store.mark("roll_in_room") === 1 && !isInRoom(shardMap, 0);
  const isClean = stray === 0 && !isStrayInRoom;
  if (isClean || store.mark("rolls_dropped") === 1) return;
  if (isStrayInRoom) shards.dropRollInRoom();
  const strayShards = Array.from({ length: stray }, (_, index) => inUse + index);
  await shards.dropRolls(decision.draft.id, strayShards);
  store.keepMark("rolls_dropped", 1);
}
