import type { ReceiptAnswer } from "../api/answers.ts";
import { UsageError } from "../command-line/usage-error.ts";

/** 40 bytes each in memory: 800 MB. */
const receiptsMax = 20_000_000;
const seqBytes = 6;
const hashBytes = 32;
const entryBytes = 2 + seqBytes + hashBytes;
const entriesFirst = 64;

export type AcknowledgedBallot = { shard: number; seq: number | null; ballotHash: string };

type Entries = { bytes: Buffer; count: number };

/** Acknowledged receipts by decision, 40 bytes each, handed out in shard and seq order. */
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

  add(receipt: Pick<ReceiptAnswer, "decision_id" | "shard" | "seq" | "ballot_hash">): void {
    if (this.#size === receiptsMax) throw new UsageError(`more than ${receiptsMax} receipts`);
    const entries = this.#entriesOf(receipt.decision_id);
    const start = entries.count * entryBytes;
    entries.bytes.writeUInt16BE(receipt.shard, start);
    // Ballots are numbered from 1: 0 is a receipt without a number.
    entries.bytes.writeUIntBE(receipt.seq ?? 0, start + 2, seqBytes);
    entries.bytes.write(receipt.ballot_hash, start + 2 + seqBytes, "hex");
    entries.count += 1;
    this.#size += 1;
  }

  /**
   * The receipts of one shard in seq order, each different one once. Two with one seq and two
   * hashes are both handed out.
   */
  ofShard(decision: string, shard: number): AcknowledgedBallot[] {
    const entries = this.#decisions.get(decision);
    if (entries === undefined) return [];
    const found: Buffer[] = [];
    for (let index = 0; index < entries.count; index += 1) {
      const entry = entries.bytes.subarray(index * entryBytes, (index + 1) * entryBytes);
      if (entry.readUInt16BE(0) === shard) found.push(entry);
    }
    // Big-endian numbers sort as their bytes do, so the order is seq, then hash.
    found.sort((a, b) => Buffer.compare(a, b));
    return found
      .filter((entry, index) => !entry.equals(found[index - 1] ?? Buffer.alloc(0)))
      .map((entry) => {
        const seq = entry.readUIntBE(2, seqBytes);
        return {
          shard,
          seq: seq === 0 ? null : seq,
          ballotHash: entry.toString("hex", 2 + seqBytes),
        };
      });
  }

  /** Shards that receipts of a decision name, in order. */
  shardsOf(decision: string): number[] {
    const entries = this.#decisions.get(decision);
    const shards = new Set<number>();
    if (entries === undefined) return [];
    for (let index = 0; index < entries.count; index += 1)
      shards.add(entries.bytes.readUInt16BE(index * entryBytes));
    return [...shards].toSorted((a, b) => a - b);
  }

  #entriesOf(decision: string): Entries {
    let entries = this.#decisions.get(decision);
    if (entries === undefined) {
      entries = { bytes: Buffer.alloc(entriesFirst * entryBytes), count: 0 };
      this.#decisions.set(decision, entries);
    }
    if (entries.count * entryBytes === entries.bytes.length)
      entries.bytes = Buffer.concat([entries.bytes, Buffer.alloc(entries.bytes.length)]);
    return entries;
  }
}
