import { UsageError } from "../command-line/usage-error.ts";

/**
 * 16.8 million slots of 24 bytes, 400 MB, at three quarters full. The table serves one shard at a
 * time, and a decision has up to 64.
 */
export const votersAShardMax = 12_582_912;
const slotsFirst = 1_024;
const wordsAKey = 4;
const empty = -1;

/**
 * Remembers a whole number for every pid, in 24 bytes a slot. The key is the pid's first 128 bits:
 * a pid is an HMAC, so two voters of ten million share them with a probability below 10^-24.
 */
export class PidTable {
  #slots = slotsFirst;
  #keys = new Int32Array(slotsFirst * wordsAKey);
  #values = new Float64Array(slotsFirst).fill(empty);
  #size = 0;
  readonly #word = new Int32Array(wordsAKey);

  get size(): number {
    return this.#size;
  }

  /**
   * Sets the value of a pid, which is not negative, and returns the one before; null where there
   * was none or the pid is malformed.
   */
  set(pid: string, value: number): { before: number | null } | null {
    if (!this.#readKey(pid)) return null;

    const slot = this.#find(this.#word);
    const before = this.#values[slot] ?? empty;
    this.#values[slot] = value;
    if (before !== empty) return { before };

    this.#keys.set(this.#word, slot * wordsAKey);
    this.#size += 1;
    if (this.#size * 4 > this.#slots * 3) this.#grow();
    return { before: null };
  }

  /** The value of a pid, or null where it has none. */
  get(pid: string): number | null {
    if (!this.#readKey(pid)) return null;
    const value = this.#values[this.#find(this.#word)] ?? empty;
    return value === empty ? null : value;
  }

  *values(): Generator<number> {
    for (const value of this.#values) if (value !== empty) yield value;
  }

  /** Reads a pid's key into `#word`; false where the pid is too short to have one. */
  #readKey(pid: string): boolean {
    const bytes = Buffer.from(pid, "base64url");
    if (bytes.length < wordsAKey * 4) return false;
    for (let word = 0; word < wordsAKey; word += 1) this.#word[word] = bytes.readInt32LE(word * 4);
    return true;
  }

  /**
   * The slot that holds the key, or the free one where it belongs. There always is one: the table
   * grows before it is full.
   */
  #find(key: Int32Array): number {
    const mask = this.#slots - 1;
    let slot = ((key[0] ?? 0) >>> 0) & mask;
    while (this.#values[slot] !== empty && !this.#isAt(slot, key)) slot = (slot + 1) & mask;
    return slot;
  }

  #isAt(slot: number, key: Int32Array): boolean {
    const start = slot * wordsAKey;
    for (let word = 0; word < wordsAKey; word += 1)
      if (this.#keys[start + word] !== key[word]) return false;
    return true;
  }

  #grow(): void {
    if (this.#size >= votersAShardMax)
      throw new UsageError(
        `a shard with more than ${votersAShardMax} voters can't be recounted here`,
      );
    const [keys, values] = [this.#keys, this.#values];
    this.#slots *= 2;
    this.#keys = new Int32Array(this.#slots * wordsAKey);
    this.#values = new Float64Array(this.#slots).fill(empty);
    for (const [index, value] of values.entries()) {
      if (value === empty) continue;
      const key = keys.subarray(index * wordsAKey, (index + 1) * wordsAKey);
      const slot = this.#find(key);
      this.#keys.set(key, slot * wordsAKey);
      this.#values[slot] = value;
    }
  }
}
