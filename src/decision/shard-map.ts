import { invariant } from "../shared/invariant.ts";
import { limits } from "../shared/limits.ts";
import { countShards } from "./count-shards.ts";

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
 * without `home` has an object of its own; one in its room is where the room was created. `group`
 * is there only where voters are placed by region: shards of a group stand together, and groups
 * count from 0, which has the regions that no other has.
 */
export type ShardMap = readonly {
  locationHint: LocationHint | null;
  home?: "room";
  group?: number;
}[];

/** Shards for the voters of some regions, and where Cloudflare is asked to put them. */
export type ShardGroup = {
  regions: readonly string[];
  locationHint: LocationHint | null;
  shards: number;
};

/** What of a draft decides where its shards live. */
export interface ShardDraft {
  shards: number;
  locationHints: readonly LocationHint[];
  placement: readonly ShardGroup[];
  expectedWatchers: number;
}

/** Lays the shards of a draft over its location hints in turn, unless the only one is in its room. */
export function planShardMap(draft: ShardDraft): ShardMap {
  const { shards, locationHints: hints, placement } = draft;
  return layGroups(placeShards(shards, hints, isPlannedInRoom(draft)), placement);
}

/** The map of the shards that regions have of their own behind those of the rest. */
export function layGroups(rest: ShardMap, placement: readonly ShardGroup[]): ShardMap {
  if (placement.length === 0) return rest;
  const placed = placement.flatMap(({ shards, locationHint }, index) =>
    Array.from({ length: shards }, () => ({ locationHint, group: index + 1 })),
  );
  return [...rest.map((shard) => ({ ...shard, group: 0 })), ...placed];
}

/**
 * Whether the only shard of a draft will live in its room's object: it does, but where a crowd is
 * expected, which the room then serves alone.
 */
export function isPlannedInRoom({
  shards,
  placement,
  expectedWatchers,
}: Omit<ShardDraft, "locationHints">): boolean {
  const isOnly = countShards({ shards, placement }) === 1;
  return isOnly && expectedWatchers <= limits.roomWithShardWatchersMax;
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

/** Shards that stand together: so many from `first` on. */
export interface ShardRange {
  first: number;
  shards: number;
}

/** A shard map as far as it says which shards stand together. */
export type GroupedShards = readonly { group?: number | undefined }[];

/** The shards of each group, in the order of the groups; of all where nobody is placed by region. */
export function groupRanges(shardMap: GroupedShards): ShardRange[] {
  const ranges: ShardRange[] = [];
  for (const [shard, { group = 0 }] of shardMap.entries()) {
    const range = (ranges[group] ??= { first: shard, shards: 0 });
    range.shards += 1;
  }
  return ranges;
}

/**
 * The shards that may record this voter: the one of each group that the pid picks. Only that on
 * whose roll the voter stands takes a vote.
 */
export function candidateShards(pid: string, shardMap: GroupedShards): number[] {
  if (shardMap[0]?.group === undefined) return [shardOf(pid, shardMap.length)];
  return groupRanges(shardMap).map(({ first, shards }) => first + shardOf(pid, shards));
}

/** The group of a region: 0 of whatever region no group has. */
export function groupOfRegion(
  region: string,
  placement: readonly Pick<ShardGroup, "regions">[],
): number {
  return placement.findIndex(({ regions }) => regions.includes(region)) + 1;
}

/**
 * The shard that this pid picks among so many. Where nobody is placed by region it is the one that
 * records the voter, and only the pid decides: were a claimed region part of it, one voter with two
 * claims would have two shards and two counted ballots. A pid is uniformly distributed (it is an
 * HMAC), so its first four characters (24 bits of base64url) spread evenly over at most 64 shards.
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

/**
 * How many calls of shards so many votes take at the most. Where voters are placed by region: at the
 * hinted shards, in their rolls, in those of the other groups, and at the holders.
 */
export function callsMax(shardMap: ShardMap, votes: number): number {
  const shards = shardMap.length;
  const once = Math.min(votes, shards);
  if (shardMap[0]?.group === undefined) return once;
  const groups = groupRanges(shardMap).length;
  return 3 * once + Math.min(votes * (groups - 1), shards);
}

/** The name under which a shard's object is found; decision ids hold no slash. */
export function shardName(decisionId: string, shard: number): string {
  return `${decisionId}/${shard}`;
}
