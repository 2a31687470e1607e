import type { Choice, Option } from "./choice.ts";

type Placed = Option & { readonly site: number; readonly index: number };

/** Steps of the bound's arithmetic that all ways of a search may take together: about a fifth of a second. */
const workMax = 2_000_000;

/**
 * Takes or leaves site after site, and leaves a branch whose cost, with each need met by fractions of what is cheapest for its weight, is no better
 * than the best found. When its work runs out it gives the best found with the bound that holds for all.
 */
export function branchAndBound(
  sites: readonly (readonly Option[])[],
  needs: readonly bigint[],
  searches: number,
): Choice | null {
  const placed: Placed[] = sites.flatMap((options, site) =>
    options.map((option, index) => ({ ...option, site, index })),
  );
  const orders = needs.map((_, cover) => byEfficiency(placed, cover));
  const sequence = [...new Set((orders[0] ?? placed).map(({ site }) => site))];
  const rank = new Map(sequence.map((site, depth) => [site, depth]));
  let nodesLeft = Math.max(
    100,
    Math.floor(workMax / searches / Math.max(1, placed.length * needs.length)),
  );
  let best: { taken: (number | null)[]; cost: bigint } | null = null;
  const taken: (number | null)[] = sites.map(() => null);

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
    // Until something is found the search goes on: the first way down takes one node a site.
    if (nodesLeft < 0 && best !== null) return;
    const bound = boundAt(depth, left);
    if (bound === null || (best !== null && cost + bound >= best.cost)) return;
    const site = sequence[depth];
    if (site === undefined) return;
    for (const [index, option] of (sites[site] ?? []).entries()) {
      taken[site] = index;
      const rest = left.map((need, cover) => need - (option.gains[cover] ?? 0n));
      visit(depth + 1, rest, cost + option.cost);
    }
    taken[site] = null;
    visit(depth + 1, left, cost);
  };
  const least = boundAt(0, needs);
  visit(0, needs, 0n);
  const found = best as { taken: (number | null)[]; cost: bigint } | null;
  if (found === null) return null;
  return { ...found, atLeast: nodesLeft < 0 ? (least ?? 0n) : found.cost };
}

function byEfficiency(placed: readonly Placed[], cover: number): Placed[] {
  const gainOf = (option: Placed) => option.gains[cover] ?? 0n;
  const winning = placed.filter((option) => gainOf(option) > 0n);
  const others = placed.filter((option) => gainOf(option) === 0n);
  const sorted = winning.toSorted((a, b) => {
    const order = a.cost * gainOf(b) - b.cost * gainOf(a);
    if (order !== 0n) return order < 0n ? -1 : 1;
    return gainOf(a) > gainOf(b) ? -1 : 1;
  });
  return [...sorted, ...others];
}

/** The cost of a need if options could be taken in fractions, rounded up; null where all that is left does not reach it. */
function fractionalCost(
  order: readonly Placed[],
  cover: number,
  need: bigint,
  depth: number,
  rank: ReadonlyMap<number, number>,
): bigint | null {
  let [left, cost] = [need, 0n];
  for (const { site, gains, cost: price } of order) {
    if (left <= 0n) break;
    const gain = gains[cover] ?? 0n;
    if (gain === 0n || (rank.get(site) ?? 0) < depth) continue;
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
