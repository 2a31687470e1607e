import type { SqliteStorage } from "../shared/sqlite-storage.ts";
import {
  between,
  cutEntries,
  decodeEntries,
  encodeEntries,
  mergeEntries,
  seqsOf,
  type IndexEntries,
} from "./index-entries.ts";

type BlockRow = { from_bucket: number; entries: ArrayBuffer };

/** How much is in one row of the index. */
export interface BlockBounds {
  /** Ballots in a block, where no bucket has more. */
  readonly indexBlockEntriesMax: number;
}

/** Buckets from the first on, and below the end. */
export type BucketRange = { from: number; to: number };

/**
 * The table of the voter index. A row is a block: the entries of some hundred buckets, from its own
 * on up to the next row's. A row of SQLite is billed like any other, however much is in it.
 */
export class VoterBlocks {
  readonly #sql: SqliteStorage["sql"];
  readonly #entriesMax: number;

  constructor(sql: SqliteStorage["sql"], { indexBlockEntriesMax }: BlockBounds) {
    this.#sql = sql;
    this.#entriesMax = indexBlockEntriesMax;
  }

  /** The seqs of these buckets' ballots; a block that holds several of them is read once. */
  read(buckets: Iterable<number>): number[] {
    const found: number[] = [];
    let block: IndexEntries | null = null;
    for (const bucket of Uint32Array.from(buckets).toSorted()) {
      const last: number | undefined = block?.buckets.at(-1);
      if (last === undefined || last < bucket) block = this.#readBlock(bucket);
      if (block !== null) found.push(...seqsOf(block, bucket));
    }
    return found;
  }

  /**
   * Writes entries of a range of buckets, inside the caller's transaction; no block reaches beyond
   * the range. Gives all entries of the range, as blocks.
   */
  write(entries: IndexEntries, range: BucketRange): IndexEntries[] {
    const rows = this.#sql
      .exec<BlockRow>(
        "SELECT from_bucket, entries FROM voters WHERE from_bucket BETWEEN ? AND ? ORDER BY from_bucket",
        range.from,
        range.to - 1,
      )
      .toArray();
    const blocks: IndexEntries[] = [];
    const none = encodeEntries({ buckets: new Uint32Array(), seqs: new Float64Array() });
    if (rows.length === 0) rows.push({ from_bucket: range.from, entries: none });
    for (const [at, row] of rows.entries()) {
      const before = decodeEntries(row.entries);
      const end = rows[at + 1]?.from_bucket ?? range.to;
      const added = between(entries, row.from_bucket, end);
      if (added.buckets.length === 0) blocks.push(before);
      else blocks.push(...this.#writeBlock(row.from_bucket, mergeEntries(before, added)));
    }
    return blocks;
  }

  /** What is too much for one block becomes several. */
  #writeBlock(fromBucket: number, entries: IndexEntries): IndexEntries[] {
    const pieces = cutEntries(entries, this.#entriesMax);
    for (const [at, piece] of pieces.entries()) {
      this.#sql.exec(
        "INSERT OR REPLACE INTO voters (from_bucket, entries) VALUES (?, ?)",
        at === 0 ? fromBucket : (piece.buckets[0] as number),
        encodeEntries(piece),
      );
    }
    return pieces;
  }

  #readBlock(bucket: number): IndexEntries | null {
    const rows = this.#sql.exec<Pick<BlockRow, "entries">>(
      "SELECT entries FROM voters WHERE from_bucket <= ? ORDER BY from_bucket DESC LIMIT 1",
      bucket,
    );
    for (const row of rows) return decodeEntries(row.entries);
    return null;
  }
}
