import type { Work } from "../work.ts";
import { workUnits } from "../work-units.ts";
import type { CoverItem, CoverProblem, CoverSolution } from "./cover-problem.ts";
import { NotSearchableError } from "./search.ts";
import { takeCheapest } from "./take-cheapest.ts";

/** An item with the indexes of its unit and of itself within the unit. */
type IndexedItem = CoverItem & { readonly unit: number; readonly index: number };

type Best = Omit<CoverSolution, "atLeast">;

/**
 * Decides unit after unit which of its items to take, and leaves a branch that can't become cheaper
 * than the best found. Once its work runs out it gives the best found, with a bound that holds for
 * all.
 * @throws {NotSearchableError} where the work runs out before anything is found
 */
export function branchAndBound(problem: CoverProblem, work: Work): CoverSolution | null {
  const { itemsByUnit, needs } = problem;
  const items: IndexedItem[] = itemsByUnit.flatMap((own, unit) =>
    own.map((item, index) => ({ ...item, unit, index })),
  );
  const workOfNode = 1 + workUnits.coverItem * items.length * needs.length;
  // Sorting for each need, the first bound, and the solutions to start from.
  const workOfStart = 3 * workOfNode + 12 * items.length;
  if (workOfStart > work.left) throw new NotSearchableError();
  work.spend(workOfStart);
  const orders = needs.map((_, need) => byEfficiency(items, need));
  const sequence = [...new Set((orders[0] ?? items).map(({ unit }) => unit))];
  const depthOf = new Map(sequence.map((unit, depth) => [unit, depth]));
  let isOver = false;
  let best: Best | null = takeCheapest(problem);
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
    isOver ||= work.left < workOfNode;
    if (isOver) return;
    work.spend(workOfNode);
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
  if (least === null) return null;
  visit(0, needs, 0n);
  const found = best;
  if (found === null && isOver) throw new NotSearchableError();
  return found === null ? null : { ...found, atLeast: isOver ? least : found.cost };
}

/** The items by their cost for each unit of gain, cheapest first; those without a gain last. */
function byEfficiency(items: readonly IndexedItem[], need: number): IndexedItem[] {
  const gainOf = (item: IndexedItem) => item.gains[need] ?? 0n;
  const winning = items.filter((item) => gainOf(item) > 0n);
  const others = items.filter((item) => gainOf(item) === 0n);
  const priced = winning.map((item) => ({ item, price: Number(item.cost) / Number(gainOf(item)) }));
  const sorted = priced.toSorted((a, b) => {
    const difference = a.price - b.price;
    // Prices that are close are compared exactly, since the bound rests on their order.
    if (Math.abs(difference) > 1e-9 * b.price) return difference;
    const order = a.item.cost * gainOf(b.item) - b.item.cost * gainOf(a.item);
    if (order !== 0n) return order < 0n ? -1 : 1;
    return gainOf(a.item) > gainOf(b.item) ? -1 : 1;
  });
  return [...sorted.map(({ item }) => item), ...others];
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
