import { isInRoom } from "../../src/decision/shard-map.ts";
import type { RoomShards } from "./shards.ts";
import type { RoomStore } from "./room-store.ts";

/**
 * Drops imports that can't be adopted any more: all of them once a draft is cancelled, and after
 * the opening those in shards that the frozen map does not have.
 */
export async function dropStrayRolls(store: RoomStore, shards: RoomShards): Promise<void> {
  const { decision } = store;
  const stray = findStrayRolls(store);
  if (decision === null || stray === null) return;
  if (stray.isInRoom) shards.dropRollInRoom();
  await shards.dropRolls(decision.draft.id, stray.shards);
  store.marks.keep("rolls_dropped", 1);
}

/** Whether there is an import to drop. */
export function hasStrayRolls(store: RoomStore): boolean {
  return findStrayRolls(store) !== null;
}

function findStrayRolls(store: RoomStore): { shards: number[]; isInRoom: boolean } | null {
  const { decision } = store;
  if (decision === null || decision.status === "draft") return null;
  const shardMap = decision.manifest?.shardMap ?? [];
  const inUse = shardMap.filter((_, shard) => !isInRoom(shardMap, shard)).length;
  const count = Math.max(0, store.marks.get("roll_shards") - inUse);
  const isStrayInRoom = store.marks.get("roll_in_room") === 1 && !isInRoom(shardMap, 0);
  const isClean = count === 0 && !isStrayInRoom;
  if (isClean || store.marks.get("rolls_dropped") === 1) return null;
  const shards = Array.from({ length: count }, (_, index) => inUse + index);
  return { shards, isInRoom: isStrayInRoom };
}
