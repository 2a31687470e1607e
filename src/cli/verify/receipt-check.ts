import type { LoggedBallotAnswer } from "../api/answers.ts";
import type { Fault } from "./check-log.ts";
import type { AcknowledgedBallot } from "./receipt-index.ts";

/**
 * Walks the receipts of one shard beside its log: every acknowledged ballot must be recorded, where
 * and as it was acknowledged. Receipts of a sealed decision say no number; they are looked for by
 * their hash, anywhere in the log.
 */
export class ReceiptCheck {
  readonly #numbered: readonly NumberedReceipt[];
  readonly #unnumbered: Map<string, AcknowledgedBallot>;
  #next = 0;
  #found = 0;

  constructor(receipts: readonly AcknowledgedBallot[]) {
    this.#numbered = receipts.filter(isNumbered);
    const others = receipts.filter((receipt) => !isNumbered(receipt));
    this.#unnumbered = new Map(others.map((receipt) => [receipt.ballotHash, receipt]));
  }

  get checked(): number {
    return this.#next + this.#found;
  }

  /** Takes the next ballot of the log, in seq order; returns what the receipts say otherwise. */
  pass(ballot: Pick<LoggedBallotAnswer, "seq" | "ballot_hash">): Fault[] {
    const faults: Fault[] = [];
    if (this.#unnumbered.delete(ballot.ballot_hash)) this.#found += 1;
    for (;;) {
      const receipt = this.#numbered[this.#next];
      if (receipt === undefined || receipt.seq > ballot.seq) return faults;
      this.#next += 1;
      const isRecorded = receipt.seq === ballot.seq && receipt.ballotHash === ballot.ballot_hash;
      if (!isRecorded) faults.push(lost(receipt, describe(ballot)));
    }
  }

  /** Receipts of ballots beyond the end of the log, or nowhere in it. */
  end(): Fault[] {
    const rest = [...this.#numbered.slice(this.#next), ...this.#unnumbered.values()];
    this.#next = this.#numbered.length;
    this.#found += this.#unnumbered.size;
    this.#unnumbered.clear();
    return rest.map((receipt) => lost(receipt, "no such ballot"));
  }
}

type NumberedReceipt = AcknowledgedBallot & { seq: number };

function isNumbered(receipt: AcknowledgedBallot): receipt is NumberedReceipt {
  return receipt.seq !== null;
}

function lost(receipt: AcknowledgedBallot, actual: string): Fault {
  return {
    where: `shard ${receipt.shard}, ${receipt.seq === null ? "no seq" : `seq ${receipt.seq}`}`,
    expected: `the acknowledged ballot ${receipt.ballotHash}`,
    actual,
  };
}

function describe(ballot: Pick<LoggedBallotAnswer, "seq" | "ballot_hash">): string {
  return `seq ${ballot.seq}, ballot ${ballot.ballot_hash}`;
}
