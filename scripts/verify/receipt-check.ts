import type { LoggedBallotAnswer } from "../client/contract.ts";
import type { Fault } from "./check-log.ts";
import type { AcknowledgedBallot } from "./receipt-index.ts";

/** Walks the receipts of one shard beside its log: every acknowledged ballot must be recorded, where and as it was acknowledged. */
export class ReceiptCheck {
  readonly #receipts: readonly AcknowledgedBallot[];
  #next = 0;

  constructor(receipts: readonly AcknowledgedBallot[]) {
    this.#receipts = receipts;
  }

  get checked(): number {
    return this.#next;
  }

  /** Takes the next ballot of the log, in seq order; returns what the receipts say otherwise. */
  pass(ballot: Pick<LoggedBallotAnswer, "seq" | "ballot_hash">): Fault[] {
    const faults: Fault[] = [];
    for (;;) {
      const receipt = this.#receipts[this.#next];
      if (receipt === undefined || receipt.seq > ballot.seq) return faults;
      this.#next += 1;
      const isRecorded = receipt.seq === ballot.seq && receipt.ballotHash === ballot.ballot_hash;
      if (!isRecorded) faults.push(lost(receipt, describe(ballot)));
    }
  }

  /** Receipts of ballots beyond the end of the log. */
  end(): Fault[] {
    const rest = this.#receipts.slice(this.#next);
    this.#next = this.#receipts.length;
    return rest.map((receipt) => lost(receipt, "no such ballot"));
  }
}

function lost(receipt: AcknowledgedBallot, actual: string): Fault {
  return {
    place: `shard ${receipt.shard}, seq ${receipt.seq}`,
    expected: `the acknowledged ballot ${receipt.ballotHash}`,
    actual,
  };
}

function describe(ballot: Pick<LoggedBallotAnswer, "seq" | "ballot_hash">): string {
  return `seq ${ballot.seq}, ballot ${ballot.ballot_hash}`;
}
