import { invariant } from "../shared/invariant.ts";
import { limits } from "../shared/limits.ts";

/** Durable Object location hints: where Cloudflare can be asked to put an object. */
export const locationHints = [
  "wnam",
  "enam",
  "sam",
  "weur",
  "eeur",
  "apac",
  "oc",
  "afr",
  "me",
] as const;
export type LocationHint = (typeof locationHints)[number];

/**
 * The shards of a decision in order, each with where Cloudflare is asked to put its object. A shard
 * without
 * `home` has an object of its own; one in its room is where the room was created.
 */
export type ShardMap = readonly { locationHint: LocationHint | null; home?: "room" }[];

/** What of a draft decides where its shards live. */
export interface ShardDraft {
  shards: number;
  locationHints: readonly LocationHint[];
  expectedWatchers: number;
}

/** Lays the shards of a draft over its location hints in turn, unless the only one is in its room. */
export function planShardMap(draft: ShardDraft): ShardMap {
  return placeShards(draft.shards, draft.locationHints, isPlannedInRoom(draft));
}

/**
 * Whether the only shard of a draft will live in its room's object: it does, but where a crowd is
 * expected, which the room then serves alone.
 */
export function isPlannedInRoom({
  shards,
  expectedWatchers,
}: Pick<ShardDraft, "shards" | "expectedWatchers">): boolean {
  return shards === 1 && expectedWatchers <= limits.roomWithShardWatchersMax;
}

/** So many shards over these hints in turn, or the only one in its room. */
export function placeShards(
  count: number,
  hints: readonly LocationHint[],
  isOnlyInRoom: boolean,
): ShardMap {
  invariant(Number.isInteger(count) && count >= 1, "a decision has at least one shard");
  if (isOnlyInRoom) return [{ locationHint: null, home: "room" }];
  return Array.from({ length: count }, (_, index) => ({
    locationHint: hints[index % hints.length] ?? null,
  }));
}

/** How the platform is asked where to put the object of a shard, when it is first called. */
export function shardHint(shardMap: ShardMap, shard: number): { locationHint?: LocationHint } {
  const locationHint = shardMap[shard]?.locationHint ?? null;
  return locationHint === null ? {} : { locationHint };
}

/** Whether this shard is found in the object of its decision's room. */
export function isInRoom(shardMap: ShardMap, shard: number): boolean {
  return shardMap[shard]?.home === "room";
}

/**
 * The one shard that records this voter. Only the pid decides: were a claimed region part of it,
 * one voter with two claims would have two shards and two counted ballots. A pid is uniformly
 * distributed (it is an HMAC), so its first four characters (24 bits of base64url) spread evenly
 * over at most 64 shards.
 */
export function shardOf(pid: string, shards: number): number {
  return Math.floor((pidBits(pid, 0, 24) * shards) / 2 ** 24);
}

/**
 * So many bits of a pid after the first `from`, as a number: both are multiples of 6, and there are
 * 48 at most.
 */
export function pidBits(pid: string, from: number, count: number): number {
  let bits = 0;
  for (let at = from; at < from + count; at += 6) {
    bits = bits * 64 + base64urlValue(pid.charCodeAt(at / 6));
  }
  return bits;
}

function base64urlValue(code: number): number {
  if (code >= 65 && code <= 90) return code - 65;
  if (code >= 97 && code <= 122) return code - 71;
  if (code >= 48 && code <= 57) return code + 4;
  invariant(code === 45 || code === 95, "a pid is base64url");
  return code === 45 ? 62 : 63;
}

/** The name under which a shard's object is found; decision ids hold no slash. */
export function shardName(decisionId: string, shard: number): string {
  return `${decisionId}/${shard}`;
}
