import type { CoverItem, CoverProblem, CoverSolution } from "./cover-problem.ts";

type OfferedItem = CoverItem & {
  readonly unit: number;
  readonly index: number;
  /** How far it goes towards each need, which is 1. */
  readonly shares: readonly number[];
};

/**
 * A solution that is found at once, and seldom the cheapest: items by their price for what they add
 * to the needs, these mixed in several ways. Null where none of them reaches all needs.
 */
export function takeCheapest(problem: CoverProblem): Omit<CoverSolution, "atLeast"> | null {
  const items = problem.itemsByUnit.flatMap((own, unit) =>
    own.map((item, index) => {
      const shares = problem.needs.map((need, at) => Number(item.gains[at] ?? 0n) / Number(need));
      return { ...item, unit, index, shares };
    }),
  );
  const found = mixesOf(problem.needs.length).flatMap((mix) => {
    const worth = ({ shares, cost }: OfferedItem) =>
      shares.reduce((sum, share, need) => sum + share * (mix[need] ?? 0), 0) / (1 + Number(cost));
    const ordered = items
      .map((item) => ({ item, by: worth(item) }))
      .toSorted((a, b) => b.by - a.by);
    const solution = takeInOrder(
      problem,
      ordered.map(({ item }) => item),
    );
    return solution === null ? [] : [solution];
  });
  return found.reduce<(typeof found)[number] | null>(
    (best, one) => (best === null || one.cost < best.cost ? one : best),
    null,
  );
}

/** How much each need counts: all alike, each the most, and where there are two each alone. */
function mixesOf(needs: number): readonly (readonly number[])[] {
  if (needs > 3 || needs < 2) return [Array.from({ length: needs }, () => 1)];
  const each = Array.from({ length: needs }, (_, most) =>
    [0.1, 0.5].map((others) =>
      Array.from({ length: needs }, (__, need) => (need === most ? 1 : others)),
    ),
  );
  return [Array.from({ length: needs }, () => 1), ...each.flat()];
}

/** Takes items in this order until the needs are met, and gives back those that are not needed. */
function takeInOrder({ itemsByUnit, needs }: CoverProblem, order: readonly OfferedItem[]) {
  const chosen = new Map<number, OfferedItem>();
  const missing = [...needs];
  const change = ({ gains }: OfferedItem, sign: bigint) => {
    for (const need of missing.keys()) {
      missing[need] = (missing[need] ?? 0n) - sign * (gains[need] ?? 0n);
    }
  };
  for (const item of order) {
    const isUseful = missing.some((amount, need) => amount > 0n && (item.gains[need] ?? 0n) > 0n);
    if (!isUseful || chosen.has(item.unit)) continue;
    chosen.set(item.unit, item);
    change(item, 1n);
  }
  if (missing.some((amount) => amount > 0n)) return null;
  for (const item of [...chosen.values()].toSorted((a, b) => (a.cost < b.cost ? 1 : -1))) {
    if (missing.some((amount, need) => amount + (item.gains[need] ?? 0n) > 0n)) continue;
    chosen.delete(item.unit);
    change(item, -1n);
  }
  return {
    taken: itemsByUnit.map((_, unit) => chosen.get(unit)?.index ?? null),
    cost: [...chosen.values()].reduce((sum, { cost }) => sum + cost, 0n),
  };
}
