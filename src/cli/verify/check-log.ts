import { shardOf } from "../../decision/shard-map.ts";
import type { LoggedBallotAnswer } from "../api/answers.ts";

/** What a ballot of a log must be, beside being counted. */
export type LogRule = {
  decision: string;
  shard: number;
  shards: number;
};

export type Fault = { where: string; expected: string; actual: string };

/** Checks one ballot of a log by itself: whether its pid is one, and of this shard. */
export function checkLoggedBallot(rule: LogRule, ballot: LoggedBallotAnswer): Fault[] {
  const where = `shard ${rule.shard}, seq ${ballot.seq}`;
  if (!/^[\w-]{22,}$/.test(ballot.pid))
    return [{ where, expected: "a pid in base64url", actual: ballot.pid }];

  const faults: Fault[] = [];
  const home = shardOf(ballot.pid, rule.shards);
  if (home !== rule.shard) {
    const [expected, actual] = [`a pid of shard ${rule.shard}`, `a pid of shard ${home}`];
    faults.push({ where, expected, actual });
  }
  return faults;
}
