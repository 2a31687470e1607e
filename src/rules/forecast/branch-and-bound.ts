import type { CoverItem, CoverProblem, CoverSolution } from "./cover-problem.ts";

/** An item with the indexes of its unit and of itself within the unit. */
type IndexedItem = CoverItem & { readonly unit: number; readonly index: number };

/** Steps of the bound's arithmetic that all problems of a search may take together: some 0.2 s. */
const workMax = 2_000_000;

type Best = { taken: (number | null)[]; cost: bigint };

/**
 * Decides unit after unit which of its items to take, and leaves a branch that can't become cheaper
 * than the best found. Once its work runs out it gives the best found, with a bound that holds for
 * all.
 */
export function branchAndBound(problem: CoverProblem, searches: number): CoverSolution | null {
  const { itemsByUnit, needs } = problem;
  const items: IndexedItem[] = itemsByUnit.flatMap((own, unit) =>
    own.map((item, index) => ({ ...item, unit, index })),
  );
  const orders = needs.map((_, need) => byEfficiency(items, need));
  const sequence = [...new Set((orders[0] ?? items).map(({ unit }) => unit))];
  const depthOf = new Map(sequence.map((unit, depth) => [unit, depth]));
  const work = Math.max(1, items.length * needs.length);
  let nodesLeft = Math.max(100, Math.floor(workMax / searches / work));
  let best: Best | null = null;
  const taken: (number | null)[] = itemsByUnit.map(() => null);

  /**
   * The least cost of what is missing, by units from `depth` on; null where it can't be reached.
   */
  const boundAt = (depth: number, missing: readonly bigint[]): bigint | null => {
    let bound = 0n;
    const isOpen = (unit: number) => (depthOf.get(unit) ?? 0) >= depth;
    for (const [need, amount] of missing.entries()) {
      const order = { items: orders[need] ?? [], need };
      const cost = fractionalCost(order, amount, isOpen);
      if (cost === null) return null;
      if (cost > bound) bound = cost;
    }
    return bound;
  };
  const visit = (depth: number, missing: readonly bigint[], cost: bigint): void => {
    if (missing.every((amount) => amount <= 0n)) {
      if (best === null || cost < best.cost) best = { taken: [...taken], cost };
      return;
    }
    nodesLeft -= 1;
    // Until something is found the search goes on: the first way down takes one node a unit.
    if (nodesLeft < 0 && best !== null) return;
    const bound = boundAt(depth, missing);
    if (bound === null || (best !== null && cost + bound >= best.cost)) return;
    const unit = sequence[depth];
    if (unit === undefined) return;
    for (const [index, item] of (itemsByUnit[unit] ?? []).entries()) {
      taken[unit] = index;
      const rest = missing.map((amount, need) => amount - (item.gains[need] ?? 0n));
      visit(depth + 1, rest, cost + item.cost);
    }
    taken[unit] = null;
    visit(depth + 1, missing, cost);
  };
  const least = boundAt(0, needs);
  visit(0, needs, 0n);
  // The compiler does not see that `visit` assigns it.
  const found = best as Best | null;
  if (found === null) return null;
  return { ...found, atLeast: nodesLeft < 0 ? (least ?? 0n) : found.cost };
}

/** The items by their cost for each unit of gain, cheapest first; those without a gain last. */
function byEfficiency(items: readonly IndexedItem[], need: number): IndexedItem[] {
  const gainOf = (item: IndexedItem) => item.gains[need] ?? 0n;
  const winning = items.filter((item) => gainOf(item) > 0n);
  const others = items.filter((item) => gainOf(item) === 0n);
  const sorted = winning.toSorted((a, b) => {
    const order = a.cost * gainOf(b) - b.cost * gainOf(a);
    if (order !== 0n) return order < 0n ? -1 : 1;
    return gainOf(a) > gainOf(b) ? -1 : 1;
  });
  return [...sorted, ...others];
}

/**
 * The cost of an amount of one need if items could be taken in fractions, rounded up; null where
 * the open units do not reach it.
 */
function fractionalCost(
  { items, need }: { items: readonly IndexedItem[]; need: number },
  amount: bigint,
  isOpen: (unit: number) => boolean,
): bigint | null {
  let [left, total] = [amount, 0n];
  for (const { unit, gains, cost } of items) {
    if (left <= 0n) break;
    const gain = gains[need] ?? 0n;
    if (gain === 0n || !isOpen(unit)) continue;
    if (gain > left) {
      total += (cost * left + gain - 1n) / gain;
      left = 0n;
    } else {
      total += cost;
      left -= gain;
    }
  }
  return left <= 0n ? total : null;
}
