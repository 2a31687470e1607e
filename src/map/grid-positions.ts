import type { RegionShape, Ring } from "./region-map.ts";

/** A closed ring by the numbers of its positions; the first is the last. */
export type GridRing = Int32Array;

/** A ring is three positions and the first again. */
const ringPositionsMin = 4;

/** Positions on a grid over all shapes, each with a number that no other has. */
export class GridPositions {
  /** Of all shapes in their order; positions that fall together stand once. */
  readonly rings: readonly GridRing[];
  /** How many numbers there are. */
  readonly count: number;
  readonly #steps: number;
  readonly #box: Box;
  /** Column and row by number, as one key. */
  readonly #keys: Float64Array;

  constructor(shapes: readonly RegionShape[], steps: number) {
    this.#steps = steps;
    const drawn = shapes.flatMap(({ polygons }) => polygons.flat());
    this.#box = boxOf(drawn);
    const keyed = drawn.map((ring) => this.#keysOf(ring));
    this.#keys = distinct(keyed);
    this.count = this.#keys.length;
    this.rings = keyed.map((keys) => Int32Array.from(keys, (key) => rankOf(this.#keys, key)));
  }

  degreesOf(number: number): number[] {
    const key = this.#keys[number] ?? 0;
    const { left, bottom } = this.#box;
    const [columns, rows] = this.#scale();
    return [left + Math.floor(key / this.#steps) / columns, bottom + (key % this.#steps) / rows];
  }

  #keysOf(ring: Ring): number[] {
    const { left, bottom } = this.#box;
    const [columns, rows] = this.#scale();
    const keys: number[] = [];
    for (const [x, y] of ring) {
      const [column, row] = [Math.round((x - left) * columns), Math.round((y - bottom) * rows)];
      const key = column * this.#steps + row;
      if (key !== keys.at(-1)) keys.push(key);
    }
    while (keys.length < ringPositionsMin) keys.push(keys[0] ?? 0);
    return keys;
  }

  /** Steps a degree, to the right and up. */
  #scale(): [number, number] {
    const { left, right, bottom, top } = this.#box;
    const most = this.#steps - 1;
    return [right > left ? most / (right - left) : 1, top > bottom ? most / (top - bottom) : 1];
  }
}

type Box = { left: number; right: number; bottom: number; top: number };

function boxOf(rings: readonly Ring[]): Box {
  const box = { left: Infinity, right: -Infinity, bottom: Infinity, top: -Infinity };
  for (const ring of rings) {
    for (const [x, y] of ring) {
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.bottom = Math.min(box.bottom, y);
      box.top = Math.max(box.top, y);
    }
  }
  return box;
}

/** Each key once, in order. */
function distinct(lists: readonly number[][]): Float64Array {
  const all = Float64Array.from(lists.flat()).toSorted();
  let count = 0;
  for (const key of all) {
    if (count > 0 && all[count - 1] === key) continue;
    all[count] = key;
    count += 1;
  }
  return all.slice(0, count);
}

/** Where a key stands among sorted keys that have it. */
function rankOf(keys: Float64Array, key: number): number {
  let [low, high] = [0, keys.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] ?? 0) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
