/** Random numbers that are the same for a seed. */
export interface SeededRandom {
  /** A whole number from 0 up to this one. */
  below(bound: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** So many bytes, in hexadecimal digits. */
  hex(bytes: number): string;
  base64url(bytes: number): string;
}

/** The generator "mulberry32" of T. Ettinger: 32 bits of state, good enough to choose by. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (bound: number): number => Math.floor(next() * bound);
  const bytesOf = (count: number): Buffer =>
    Buffer.from(Array.from({ length: count }, () => below(256)));
  return {
    below,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error("there is nothing to pick");
      return item;
    },
    hex: (bytes) => bytesOf(bytes).toString("hex"),
    base64url: (bytes) => bytesOf(bytes).toString("base64url"),
  };
}
