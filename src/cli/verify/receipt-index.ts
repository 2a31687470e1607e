import type { ReceiptAnswer } from "../api/answers.ts";
import { UsageError } from "../command-line/usage-error.ts";

/** 32 bytes each in memory: 640 MB. */
const receiptsMax = 20_000_000;
const hashBytes = 32;
const entriesFirst = 64;

type Entries = { bytes: Buffer; count: number };

/** The ballot hashes of acknowledged receipts by decision, 32 bytes each. */
export class ReceiptIndex {
  readonly #decisions = new Map<string, Entries>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get decisions(): Iterable<string> {
    return this.#decisions.keys();
  }

  /** How many receipts of a decision were added, repeats among them. */
  countOf(decision: string): number {
    return this.#decisions.get(decision)?.count ?? 0;
  }

  add(receipt: Pick<ReceiptAnswer, "decision_id" | "ballot_hash">): void {
    if (this.#size === receiptsMax) throw new UsageError(`more than ${receiptsMax} receipts`);
    const entries = this.#entriesOf(receipt.decision_id);
    entries.bytes.write(receipt.ballot_hash, entries.count * hashBytes, "hex");
    entries.count += 1;
    this.#size += 1;
  }

  /** The different hashes of a decision. */
  hashesOf(decision: string): Set<string> {
    const { bytes, count } = this.#decisions.get(decision) ?? { bytes: Buffer.alloc(0), count: 0 };
    const hashes = new Set<string>();
    for (let at = 0; at < count; at += 1) {
      hashes.add(bytes.toString("hex", at * hashBytes, (at + 1) * hashBytes));
    }
    return hashes;
  }

  #entriesOf(decision: string): Entries {
    let entries = this.#decisions.get(decision);
    if (entries === undefined) {
      entries = { bytes: Buffer.alloc(entriesFirst * hashBytes), count: 0 };
      this.#decisions.set(decision, entries);
    }
    if (entries.count * hashBytes === entries.bytes.length)
      entries.bytes = Buffer.concat([entries.bytes, Buffer.alloc(entries.bytes.length)]);
    return entries;
  }
}
