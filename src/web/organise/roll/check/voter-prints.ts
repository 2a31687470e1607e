/** Voters whose prints are kept together: steps of 786 kB. */
const chunkRows = 65_536;

/**
 * A print of every voter with the line that names it: 12 bytes a row, 24 MB of two million, where
 * the voter_ids themselves would take hundreds.
 */
export class VoterPrints {
  readonly #prints: Float64Array[] = [];
  #rows = 0;

  add(print: number): void {
    const at = this.#rows % chunkRows;
    if (at === 0) this.#prints.push(new Float64Array(chunkRows));
    const chunk = this.#prints[this.#prints.length - 1];
    if (chunk !== undefined) chunk[at] = print;
    this.#rows += 1;
  }

  /** The prints that more than one row has, in ascending order. */
  repeated(): Float64Array {
    const all = new Float64Array(this.#rows);
    for (const [index, chunk] of this.#prints.entries()) {
      const from = index * chunkRows;
      all.set(chunk.subarray(0, Math.min(chunkRows, this.#rows - from)), from);
    }
    all.sort();
    const found: number[] = [];
    for (let at = 1; at < all.length; at += 1) {
      const print = all[at] ?? 0;
      if (print === all[at - 1] && print !== found[found.length - 1]) found.push(print);
    }
    return Float64Array.from(found);
  }
}

/** Whether a print is among these, which are in ascending order. */
export function hasPrint(sorted: Float64Array, print: number): boolean {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    const there = sorted[middle] ?? 0;
    if (there === print) return true;
    if (there < print) from = middle + 1;
    else to = middle;
  }
  return false;
}

/**
 * 53 bits of a text, by two multiplicative hashes of 32 (the constants are MurmurHash3's). Of two
 * million texts two have one print with odds of 1 in 4,500: so who has one is compared by its text.
 */
export function printOf(text: string): number {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    a = Math.imul(a ^ unit, 0x85ebca6b);
    b = Math.imul(b ^ unit, 0xc2b2ae35);
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return 0x100000000 * (b & 0x1fffff) + (a >>> 0);
}
