import type { Client } from "../../client/client.ts";
import type { BallotAnswer, DecisionAnswer } from "../api/answers.ts";
import type { TallyCount } from "../count/tally-count.ts";
import { readLoggedBallots } from "./ballot-pages.ts";
import { BoundsCheck, type BallotBounds } from "./check-bounds.ts";
import { checkLoggedBallot, type Fault, type LogRule } from "./check-log.ts";
import { checkShardRoll, type ShardRollReport } from "./check-roll.ts";
import type { Difference } from "./difference.ts";
import type { ReceiptCheck } from "./receipt-check.ts";
import { RowComparison } from "./row-comparison.ts";
import { ShardDifferences, type UnlistedDifferences } from "./shard-differences.ts";
import { ShardRecount } from "./shard-recount.ts";

export type ShardWork = {
  client: Client;
  decision: Pick<DecisionAnswer, "id" | "revote_policy" | "electorate">;
  /** Which shard it is, and whose voters it may hold. */
  rule: LogRule;
  /**
   * Up to where the log is checked: later ballots were recorded after the tallies were asked for.
   */
  seq: number;
  isSealed: boolean;
  /** Null where nothing was frozen. */
  bounds: BallotBounds | null;
  /** When the shard was sealed, in ms; null where that is not known. */
  sealedAt: number | null;
  /**
   * Up to where the database says it is complete; null where ballots are archived, so that it
   * answers no rows.
   */
  appliedSeq: number | null;
  /** Of the whole decision: each shard takes away what it has. */
  receipts: ReceiptCheck;
  onBallots: (count: number) => void;
};

export type ShardReport = {
  recount: TallyCount;
  ballots: number;
  /** Who has a ballot, whatever it says. */
  voters: number;
  /** Null in an open electorate. */
  roll: ShardRollReport | null;
  differences: Difference[];
  /** How many more there are of a layer than stand in the list. */
  unlisted: UnlistedDifferences[];
};

const progressBallots = 5_000;

/**
 * Walks the log of a shard once, in bounded memory, with the database's rows beside it, and tells every difference: the walk goes on behind each.
 */
export async function verifyShard(work: ShardWork): Promise<ShardReport> {
  const { client, decision, rule, appliedSeq } = work;
  const { shard } = rule;
  const path = { decisionId: decision.id, shard };
  const recount = new ShardRecount();
  const bounds = new BoundsCheck(work.bounds, shard, work.sealedAt);
  const differences = new ShardDifferences(decision.id, shard);
  const rows = appliedSeq === null ? null : new RowComparison(client, path);
  let [last, ballots] = [0, 0];

  for await (const ballot of readLoggedBallots(client, path)) {
    if (ballot.seq > work.seq) {
      if (!work.isSealed) break;
      differences.report("log", [beyondTheSeal(shard, ballot)]);
      continue;
    }
    const isInOrder = ballot.seq > last;
    if (ballot.seq !== last + 1) differences.report("log", [outOfOrder(shard, last + 1, ballot)]);
    last = Math.max(last, ballot.seq);
    ballots += 1;
    differences.report("log", checkLoggedBallot(rule, ballot));
    differences.report("log", bounds.pass(ballot));
    if (recount.add(ballot) === "newer" && decision.revote_policy === "final")
      differences.report("log", [votedTwice(shard, ballot)]);
    work.receipts.pass(ballot.ballot_hash);
    if (rows !== null && isInOrder && ballot.seq <= (appliedSeq ?? 0))
      differences.report("database", await rows.pass(ballot));
    if (ballots % progressBallots === 0) work.onBallots(progressBallots);
  }
  work.onBallots(ballots % progressBallots);

  if (last < work.seq) differences.report("log", [endsEarly(shard, last, work.seq)]);
  if (rows !== null && work.isSealed && (appliedSeq ?? 0) >= last)
    for await (const fault of rows.end()) differences.report("database", [fault]);
  const onRollFault = (fault: Fault): void => differences.report("roll", [fault]);
  const isOnRoll = decision.electorate === "roll";
  const roll = isOnRoll ? await checkShardRoll(client, rule, recount, onRollFault) : null;
  return {
    recount: recount.tally(),
    ballots,
    voters: recount.voters,
    roll,
    differences: differences.listed,
    unlisted: differences.unlisted,
  };
}

function outOfOrder(shard: number, seq: number, ballot: BallotAnswer): Fault {
  const where = `shard ${shard}, seq ${seq}`;
  return { where, expected: `seq ${seq}`, actual: `seq ${ballot.seq}` };
}

function beyondTheSeal(shard: number, ballot: BallotAnswer): Fault {
  const where = `shard ${shard}, seq ${ballot.seq}`;
  return { where, expected: "no ballot after the seal", actual: `a ballot of pid ${ballot.pid}` };
}

function votedTwice(shard: number, ballot: BallotAnswer): Fault {
  const where = `shard ${shard}, seq ${ballot.seq}`;
  return { where, expected: "one ballot a voter", actual: `another ballot of pid ${ballot.pid}` };
}

function endsEarly(shard: number, seq: number, expected: number): Fault {
  const where = `shard ${shard}, seq ${seq + 1}`;
  return { where, expected: `ballots up to seq ${expected}`, actual: `the end after seq ${seq}` };
}
