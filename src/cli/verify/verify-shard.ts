import type { Client } from "../../client/client.ts";
import type { BallotAnswer, DecisionAnswer } from "../api/answers.ts";
import type { TallyCount } from "../count/tally-count.ts";
import { readDatabaseBallots, readLoggedBallots } from "./ballot-pages.ts";
import { BoundsCheck, type BallotBounds } from "./check-bounds.ts";
import { checkLoggedBallot, type Fault } from "./check-log.ts";
import { checkShardRoll, type ShardRollReport } from "./check-roll.ts";
import { compareRow } from "./compare-row.ts";
import type { Difference, Layer } from "./difference.ts";
import { ReceiptCheck } from "./receipt-check.ts";
import type { AcknowledgedBallot } from "./receipt-index.ts";
import { ShardRecount } from "./shard-recount.ts";

export type ShardWork = {
  client: Client;
  decision: Pick<DecisionAnswer, "id" | "shards" | "revote_policy" | "electorate" | "visibility">;
  shard: number;
  /**
   * Up to where the log is checked: later ballots were recorded after the tallies were asked for.
   */
  seq: number;
  isSealed: boolean;
  /** Null where nothing was frozen. */
  bounds: BallotBounds | null;
  /** When the shard was sealed, in ms; null where that is not known. */
  sealedAt: number | null;
  /** Up to where the database says it is complete. */
  appliedSeq: number;
  receipts: readonly AcknowledgedBallot[];
  onBallots: (count: number) => void;
};

export type ShardReport = {
  recount: TallyCount;
  ballots: number;
  receipts: number;
  /** Null in an open electorate. */
  roll: ShardRollReport | null;
  differences: Difference[];
};

const progressBallots = 5_000;

/**
 * Walks the log of a shard once, in bounded memory, with the database's rows and the acknowledged
 * receipts beside it. The first fault of the log or of the database ends the comparison of that
 * layer: what follows would differ for the same reason.
 */
export async function verifyShard(work: ShardWork): Promise<ShardReport> {
  const { client, decision, shard } = work;
  const { shards, visibility } = decision;
  const rule = { decision: decision.id, shard, shards, visibility };
  const path = { decisionId: decision.id, shard };
  const recount = new ShardRecount();
  const bounds = new BoundsCheck(work.bounds, shard, work.sealedAt);
  const receipts = new ReceiptCheck(work.receipts);
  const differences = new Map<Layer, Difference[]>();
  const report = (layer: Layer, faults: readonly Fault[]): void => {
    if (faults.length === 0) return;
    const found = faults.map((fault): Difference => ({
      kind: "wrong",
      decision: decision.id,
      layer,
      ...fault,
    }));
    differences.set(layer, [...(differences.get(layer) ?? []), ...found]);
  };
  const rows = new RowReader(readDatabaseBallots(client, path));
  let seq = 0;
  let isBroken = false;

  for await (const ballot of readLoggedBallots(client, path)) {
    if (seq === work.seq) break;
    seq += 1;
    const fault = checkLoggedBallot(rule, seq, ballot);
    if (fault !== null) {
      report("log", [fault]);
      isBroken = true;
      break;
    }
    report("log", bounds.pass(ballot));
    if (recount.add(ballot) === "newer" && decision.revote_policy === "final")
      report("log", [votedTwice(shard, ballot)]);
    report("receipts", receipts.pass(ballot));
    if (seq <= work.appliedSeq && !differences.has("database")) {
      const row = compareRow(shard, ballot, await rows.next());
      if (row !== null) report("database", [row]);
    }
    if (seq % progressBallots === 0) work.onBallots(progressBallots);
  }
  work.onBallots(seq % progressBallots);

  if (seq < work.seq && !isBroken) report("log", [endsEarly(shard, seq, work.seq)]);
  report("receipts", receipts.end());
  if (work.isSealed && work.appliedSeq >= seq && !differences.has("database")) {
    const row = await rows.next();
    if (row !== null) report("database", [beyondTheLog(shard, row)]);
  }
  const isOnRoll = decision.electorate === "roll";
  const roll = isOnRoll ? await checkShardRoll(client, rule, recount) : null;
  report("roll", roll?.faults ?? []);
  return {
    recount: recount.tally(),
    ballots: seq,
    receipts: receipts.checked,
    roll,
    differences: [...differences.values()].flat(),
  };
}

/** Reads rows one by one; the first page is under way while the log's first page is. */
class RowReader {
  readonly #rows: AsyncGenerator<BallotAnswer>;
  #first: Promise<IteratorResult<BallotAnswer>> | null;

  constructor(rows: AsyncGenerator<BallotAnswer>) {
    this.#rows = rows;
    this.#first = rows.next();
    // Whoever awaits it sees its failure; nobody does where the log itself failed before.
    this.#first.catch(() => {});
  }

  async next(): Promise<BallotAnswer | null> {
    const step = await (this.#first ?? this.#rows.next());
    this.#first = null;
    return step.done === true ? null : step.value;
  }
}

function votedTwice(shard: number, ballot: BallotAnswer): Fault {
  const where = `shard ${shard}, seq ${ballot.seq}`;
  return { where, expected: "one ballot a voter", actual: `another ballot of pid ${ballot.pid}` };
}

function endsEarly(shard: number, seq: number, expected: number): Fault {
  const where = `shard ${shard}, seq ${seq + 1}`;
  return { where, expected: `ballots up to seq ${expected}`, actual: `the end after seq ${seq}` };
}

function beyondTheLog(shard: number, row: BallotAnswer): Fault {
  const where = `shard ${shard}, seq ${row.seq}`;
  return { where, expected: "no row beyond the log", actual: `a row of pid ${row.pid}` };
}
