import { createHash } from "node:crypto";
import { ballotText } from "../../ballot/receipt.ts";
import { shardOf } from "../../decision/shard-map.ts";
import type { Visibility } from "../../decision/decision.ts";
import type { LoggedBallotAnswer } from "../api/answers.ts";

/** What a ballot of a log must be, beside being counted. */
export type LogRule = {
  decision: string;
  shard: number;
  shards: number;
  visibility: Visibility;
};

export type Fault = { where: string; expected: string; actual: string };

/** Checks one ballot of a log by itself: its shard, and its hash, computed anew. */
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
  const hash = hashOf(rule, ballot);
  if (hash !== ballot.ballot_hash)
    faults.push({ where: `${where}, ballot_hash`, expected: hash, actual: ballot.ballot_hash });
  return faults;
}

function hashOf(rule: LogRule, ballot: LoggedBallotAnswer): string {
  const { seq, pid, choice, region, weight, accepted_at } = ballot;
  const text = ballotText(
    { decisionId: rule.decision, shard: rule.shard, visibility: rule.visibility },
    { seq, pid, choice, region, weight, acceptedAt: Date.parse(accepted_at) },
  );
  return createHash("sha256").update(text).digest("hex");
}
