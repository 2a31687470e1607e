import type { Work } from "../work.ts";
import { workUnits } from "../work-units.ts";
import type { CoverItem, CoverProblem, CoverSolution } from "./cover-problem.ts";

/** Cells of the table: every combination of what is left of each need, once an item. */
export function tableCells({ itemsByUnit, needs }: CoverProblem): bigint {
  const states = needs.reduce((product, need) => product * (need + 1n), 1n);
  return states * BigInt(itemsByUnit.flat().length + 1);
}

/**
 * Exact by dynamic programming: the least cost of what is left of the needs, unit after unit from
 * the last. 27 states by number and by basis points of population need 3 million cells.
 */
export function solveByTable(
  { itemsByUnit, needs }: CoverProblem,
  work: Work,
): CoverSolution | null {
  work.spend(Math.ceil(Number(tableCells({ itemsByUnit, needs })) / workUnits.tableCells));
  const sizes = needs.map((need) => Number(need) + 1);
  const states = sizes.reduce((product, size) => product * size, 1);
  let costs = new Float64Array(states).fill(Infinity);
  costs[0] = 0;
  const history: Uint8Array[] = [];
  for (const items of itemsByUnit.toReversed()) {
    const next = costs.slice();
    const taken = new Uint8Array(states);
    for (const [index, item] of items.entries()) {
      takeItem({ costs, next, taken, sizes, mark: index + 1 }, item);
    }
    costs = next;
    history.push(taken);
  }
  const cost = costs[states - 1] ?? Infinity;
  if (cost === Infinity) return null;
  const taken = walk({ itemsByUnit, sizes, history: history.toReversed() });
  return { taken, cost: BigInt(cost), atLeast: BigInt(cost) };
}

interface Layer {
  /** The least cost of each state without this unit, */
  costs: Float64Array;
  /** and with it; */
  next: Float64Array;
  /** which of its items is taken for that, one more than its index. */
  taken: Uint8Array;
  sizes: readonly number[];
  mark: number;
}

/** Tries an item in every state: need after need from the last, the first one in a row. */
function takeItem({ costs, next, taken, sizes, mark }: Layer, { cost, gains }: CoverItem): void {
  const price = Number(cost);
  const [row = 1] = sizes;
  const gain = gainIn(gains, 0, row);
  const tryRow = (own: number, rest: number): void => {
    for (let left = 0; left < row; left += 1) {
      const total = (costs[rest + (left > gain ? left - gain : 0)] ?? 0) + price;
      if (total >= (next[own + left] ?? 0)) continue;
      next[own + left] = total;
      taken[own + left] = mark;
    }
  };
  const tryNeed = (need: number, own: number, rest: number, stride: number): void => {
    if (need === 0) return tryRow(own, rest);
    const size = sizes[need] ?? 1;
    const added = gainIn(gains, need, size);
    const inner = stride / (sizes[need - 1] ?? 1);
    for (let left = 0; left < size; left += 1) {
      const still = left > added ? left - added : 0;
      tryNeed(need - 1, own + left * stride, rest + still * stride, inner);
    }
  };
  const last = Math.max(0, sizes.length - 1);
  tryNeed(last, 0, 0, strideOf(sizes, last));
}

function strideOf(sizes: readonly number[], need: number): number {
  return sizes.slice(0, need).reduce((product, size) => product * size, 1);
}

/** What an item adds to a need; more than the need is the need. */
function gainIn(gains: readonly bigint[], need: number, size: number): number {
  const gain = gains[need] ?? 0n;
  return gain >= BigInt(size) ? size : Number(gain);
}

interface TableWalk {
  itemsByUnit: CoverProblem["itemsByUnit"];
  sizes: readonly number[];
  history: readonly Uint8Array[];
}

/** From all that is needed on, what each unit takes, and what that leaves. */
function walk({ itemsByUnit, sizes, history }: TableWalk): (number | null)[] {
  const left = sizes.map((size) => size - 1);
  return itemsByUnit.map((items, unit) => {
    const state = left.reduce((sum, amount, need) => sum + amount * strideOf(sizes, need), 0);
    const mark = history[unit]?.[state] ?? 0;
    if (mark === 0) return null;
    for (const [need, size] of sizes.entries()) {
      const gain = gainIn(items[mark - 1]?.gains ?? [], need, size);
      left[need] = Math.max(0, (left[need] ?? 0) - gain);
    }
    return mark - 1;
  });
}
