import type { Difference } from "./difference.ts";

/**
 * Looks acknowledged ballots up among those that are recorded: each must be one of them, in
 * whichever shard it is.
 */
export class ReceiptCheck {
  readonly #missing: Set<string>;
  readonly checked: number;

  constructor(hashes: Set<string>) {
    this.#missing = hashes;
    this.checked = hashes.size;
  }

  /** Takes a recorded ballot. */
  pass(ballotHash: string): void {
    this.#missing.delete(ballotHash);
  }

  /** Takes all that are found where somebody looks. */
  passFound(isFound: (ballotHash: string) => boolean): void {
    for (const hash of this.#missing) if (isFound(hash)) this.#missing.delete(hash);
  }

  /** Receipts of ballots that were not passed. */
  *end(decision: string): Generator<Difference> {
    for (const hash of this.#missing) {
      const [kind, layer, where] = ["wrong", "receipts", `ballot ${hash}`] as const;
      const [expected, actual] = ["the acknowledged ballot", "no such ballot"];
      yield { kind, decision, layer, where, expected, actual };
    }
  }
}
