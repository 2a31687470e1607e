import type { CoverSolution, CoverItem } from "./cover-problem.ts";

type PlacedItem = CoverItem & { readonly unit: number; readonly index: number };

/** Steps of the bound's arithmetic that all options of a search may take together: about a fifth of a second. */
const workMax = 2_000_000;

/**
 * Takes or leaves unit after unit, and leaves a branch whose cost, with each need met by fractions of what is cheapest for its weight, is no better
 * than the best found. When its work runs out it gives the best found with the bound that holds for all.
 */
export function branchAndBound(
  units: readonly (readonly CoverItem[])[],
  needs: readonly bigint[],
  searches: number,
): CoverSolution | null {
  const placed: PlacedItem[] = units.flatMap((items, unit) =>
    items.map((item, index) => ({ ...item, unit, index })),
  );
  const orders = needs.map((_, cover) => byEfficiency(placed, cover));
  const sequence = [...new Set((orders[0] ?? placed).map(({ unit }) => unit))];
  const rank = new Map(sequence.map((unit, depth) => [unit, depth]));
  let nodesLeft = Math.max(
    100,
    Math.floor(workMax / searches / Math.max(1, placed.length * needs.length)),
  );
  let best: { taken: (number | null)[]; cost: bigint } | null = null;
  const taken: (number | null)[] = units.map(() => null);

  const boundAt = (depth: number, left: readonly bigint[]): bigint | null => {
    let bound = 0n;
    for (const [cover, need] of left.entries()) {
      const cost = fractionalCost(orders[cover] ?? [], cover, need, depth, rank);
      if (cost === null) return null;
      if (cost > bound) bound = cost;
    }
    return bound;
  };
  const visit = (depth: number, left: readonly bigint[], cost: bigint): void => {
    if (left.every((need) => need <= 0n)) {
      if (best === null || cost < best.cost) best = { taken: [...taken], cost };
      return;
    }
    nodesLeft -= 1;
    // Until something is found the search goes on: the first way down takes one node a unit.
    if (nodesLeft < 0 && best !== null) return;
    const bound = boundAt(depth, left);
    if (bound === null || (best !== null && cost + bound >= best.cost)) return;
    const unit = sequence[depth];
    if (unit === undefined) return;
    for (const [index, item] of (units[unit] ?? []).entries()) {
      taken[unit] = index;
      const rest = left.map((need, cover) => need - (item.gains[cover] ?? 0n));
      visit(depth + 1, rest, cost + item.cost);
    }
    taken[unit] = null;
    visit(depth + 1, left, cost);
  };
  const least = boundAt(0, needs);
  visit(0, needs, 0n);
  const found = best as { taken: (number | null)[]; cost: bigint } | null;
  if (found === null) return null;
  return { ...found, atLeast: nodesLeft < 0 ? (least ?? 0n) : found.cost };
}

function byEfficiency(placed: readonly PlacedItem[], cover: number): PlacedItem[] {
  const gainOf = (item: PlacedItem) => item.gains[cover] ?? 0n;
  const winning = placed.filter((item) => gainOf(item) > 0n);
  const others = placed.filter((item) => gainOf(item) === 0n);
  const sorted = winning.toSorted((a, b) => {
    const order = a.cost * gainOf(b) - b.cost * gainOf(a);
    if (order !== 0n) return order < 0n ? -1 : 1;
    return gainOf(a) > gainOf(b) ? -1 : 1;
  });
  return [...sorted, ...others];
}

/** The cost of a need if items could be taken in fractions, rounded up; null where all that is left does not reach it. */
function fractionalCost(
  order: readonly PlacedItem[],
  cover: number,
  need: bigint,
  depth: number,
  rank: ReadonlyMap<number, number>,
): bigint | null {
  let [left, cost] = [need, 0n];
  for (const { unit, gains, cost: price } of order) {
    if (left <= 0n) break;
    const gain = gains[cover] ?? 0n;
    if (gain === 0n || (rank.get(unit) ?? 0) < depth) continue;
    if (gain > left) {
      cost += (price * left + gain - 1n) / gain;
      left = 0n;
    } else {
      cost += price;
      left -= gain;
    }
  }
  return left <= 0n ? cost : null;
}
