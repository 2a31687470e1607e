import {
  candidateShards,
  groupOfRegion,
  type GroupedShards,
  type ShardGroup,
} from "../../decision/shard-map.ts";
import type { LoggedBallotAnswer } from "../api/answers.ts";

/** What a ballot of a log must be, beside being counted. */
export type LogRule = {
  decision: string;
  shard: number;
  shardMap: GroupedShards;
  /** Whose voters are in which group of the map. */
  placement: readonly Pick<ShardGroup, "regions">[];
};

export type Fault = { where: string; expected: string; actual: string };

/** Checks one ballot of a log by itself: whether its pid is one, and of this shard. */
export function checkLoggedBallot(rule: LogRule, ballot: LoggedBallotAnswer): Fault[] {
  const where = `shard ${rule.shard}, seq ${ballot.seq}`;
  if (!/^[\w-]{22,}$/.test(ballot.pid))
    return [{ where, expected: "a pid in base64url", actual: ballot.pid }];

  const faults: Fault[] = [];
  const home = homeOf(ballot.pid, rule);
  if (home !== rule.shard) {
    const [expected, actual] = [`a pid of shard ${rule.shard}`, `a pid of shard ${home}`];
    faults.push({ where, expected, actual });
  }
  return faults;
}

/** The shard that a pid picks in the group of the one that is looked at. */
export function homeOf(pid: string, { shard, shardMap }: LogRule): number {
  return candidateShards(pid, shardMap)[shardMap[shard]?.group ?? 0] ?? shard;
}

/** A fault where a voter of this region belongs to another group of shards. */
export function checkGroup(region: string, { shard, shardMap, placement }: LogRule): Fault[] {
  const [expected, actual] = [shardMap[shard]?.group ?? 0, groupOfRegion(region, placement)];
  if (expected === actual) return [];
  const where = `, region ${region}`;
  return [{ where, expected: `a region of group ${expected}`, actual: `one of group ${actual}` }];
}
