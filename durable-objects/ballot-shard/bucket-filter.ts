import { limits } from "../../src/shared/limits.ts";

const bitsMin = 1_024;

/**
 * Tells of most buckets that a partition's table lacks that it does: a bit says whether there may
 * be any of some neighbouring buckets. Most voters are new, and need no look into the table.
 */
export class BucketFilter {
  readonly #words: Uint32Array;
  readonly #bits: number;
  /** Buckets of the partition, a power of two. */
  readonly #range: number;

  /** A filter for so many buckets, of a partition of `range`. */
  constructor(buckets: number, range: number) {
    let bits = bitsMin;
    while (bits < buckets * limits.filterBitsAVoter && bits < limits.filterBitsMax) bits *= 2;
    this.#bits = Math.min(bits, range);
    this.#words = new Uint32Array(Math.ceil(this.#bits / 32));
    this.#range = range;
  }

  /** Whether another filter would be better for so many buckets. */
  isTooSmallFor(buckets: number): boolean {
    const isFull = 2 * this.#bits < buckets * limits.filterBitsAVoter;
    return isFull && this.#bits < Math.min(limits.filterBitsMax, this.#range);
  }

  add(bucket: number): void {
    const bit = this.#bitOf(bucket);
    this.#words[bit >>> 5] = (this.#words[bit >>> 5] as number) | (1 << (bit & 31));
  }

  /** False only for buckets that were never added. */
  mayHave(bucket: number): boolean {
    const bit = this.#bitOf(bucket);
    return ((this.#words[bit >>> 5] as number) & (1 << (bit & 31))) !== 0;
  }

  #bitOf(bucket: number): number {
    return Math.floor(((bucket % this.#range) * this.#bits) / this.#range);
  }
}
