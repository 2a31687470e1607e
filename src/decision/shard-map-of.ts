import { countShards } from "./count-shards.ts";
import type { Decision } from "./decision.ts";
import { layGroups, placeShards, planShardMap, type ShardMap } from "./shard-map.ts";

/**
 * Where a decision's voters are found: the frozen map; before the opening where the roll in force
 * was imported to, whatever the draft says since; without either where the draft plans it.
 */
export function shardMapOf({ draft, roll, manifest }: Decision): ShardMap {
  if (manifest !== null) return manifest.shardMap;
  if (roll === null) return planShardMap(draft);
  const { shardHashes, placement = [], isInRoom } = roll;
  const ofRest = shardHashes.length - countShards({ shards: 0, placement });
  return layGroups(placeShards(ofRest, draft.locationHints, isInRoom), placement);
}
