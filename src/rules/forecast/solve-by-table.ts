import type { CoverProblem, CoverSolution } from "./cover-problem.ts";

/**
 * 4 million cells, each filled once: some 50 ms for all problems of a search together.
 * 27 states by number and by basis points of population need 3 million.
 */
export const tableCellsMax = 4_000_000n;

/** Cells of the table: every combination of what is reached of each need, once an item. */
export function tableCells({ itemsByUnit, needs }: CoverProblem): bigint {
  const states = needs.reduce((product, need) => product * (need + 1n), 1n);
  return states * BigInt(itemsByUnit.flat().length + 1);
}

/** Exact by dynamic programming: the least cost of every reachable sum, unit after unit. */
export function solveByTable({ itemsByUnit, needs }: CoverProblem): CoverSolution | null {
  const sizes = needs.map((need) => Number(need) + 1);
  const states = sizes.reduce((product, size) => product * size, 1);
  let costs = Array.from({ length: states }, () => Infinity);
  costs[0] = 0;
  const history: { taken: Uint8Array; from: Int32Array }[] = [];
  for (const items of itemsByUnit) {
    const next = [...costs];
    const taken = new Uint8Array(states);
    const from = new Int32Array(states).map((_, state) => state);
    for (const [index, { cost, gains }] of items.entries()) {
      const reach = reachFrom(sizes, gains);
      for (let state = 0; state < states; state += 1) {
        const total = (costs[state] ?? Infinity) + Number(cost);
        if (total === Infinity) continue;
        const target = reach(state);
        if (total >= (next[target] ?? Infinity)) continue;
        next[target] = total;
        taken[target] = index + 1;
        from[target] = state;
      }
    }
    costs = next;
    history.push({ taken, from });
  }
  const cost = costs[states - 1] ?? Infinity;
  if (cost === Infinity) return null;
  return { taken: walkBack(history, states - 1), cost: BigInt(cost), atLeast: BigInt(cost) };
}

/** The state after an item: each need counts up to where it is met, and no further. */
function reachFrom(sizes: readonly number[], gains: readonly bigint[]): (state: number) => number {
  const added = sizes.map((size, need) => {
    const gain = gains[need] ?? 0n;
    return gain >= BigInt(size) ? size : Number(gain);
  });
  return (state) => {
    let [rest, target, stride] = [state, 0, 1];
    for (const [need, size] of sizes.entries()) {
      const held = rest % size;
      rest = (rest - held) / size;
      target += Math.min(size - 1, held + (added[need] ?? 0)) * stride;
      stride *= size;
    }
    return target;
  };
}

function walkBack(
  history: readonly { taken: Uint8Array; from: Int32Array }[],
  last: number,
): (number | null)[] {
  const path: (number | null)[] = [];
  let state = last;
  for (const { taken, from } of history.toReversed()) {
    const item = taken[state] ?? 0;
    path.push(item === 0 ? null : item - 1);
    state = from[state] ?? 0;
  }
  return path.toReversed();
}
