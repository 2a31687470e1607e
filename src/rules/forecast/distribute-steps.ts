import type { Headroom } from "./headroom.ts";
import type { LowerBound } from "./search.ts";

/** Steps distributed over the regions so that every lower bound is met. */
export type Distribution = {
  readonly total: bigint;
  readonly steps: ReadonlyMap<string, bigint>;
  /** Whether no distribution has fewer: so it is where the bounds are laminar. */
  readonly isLeast: boolean;
};

/**
 * Meets the bounds of the fewest regions first: each adds what those inside it have not brought,
 * which is least where the bounds are laminar. Null where the headroom does not suffice.
 */
export function distributeSteps(
  lowerBounds: readonly LowerBound[],
  headroom: Headroom,
): Distribution | null {
  const sizeOf = ({ regions }: LowerBound) => regions?.length ?? Infinity;
  const ordered = lowerBounds.toSorted((a, b) => (sizeOf(a) < sizeOf(b) ? -1 : 1));
  const steps = new Map<string, bigint>();
  let total = 0n;
  for (const { regions, need } of ordered) {
    const codes = regions ?? [...headroom.keys()];
    let missing = codes.reduce((left, code) => left - (steps.get(code) ?? 0n), need);
    for (const code of codes) {
      if (missing <= 0n) break;
      const placed = steps.get(code) ?? 0n;
      const left = (headroom.get(code) ?? 0n) - placed;
      const added = left < missing ? left : missing;
      if (added <= 0n) continue;
      steps.set(code, placed + added);
      total += added;
      missing -= added;
    }
    if (missing > 0n) return null;
  }
  return { total, steps, isLeast: isLaminar(ordered) };
}

/** Whether the regions of any two bounds are nested or disjoint, as single regions always are. */
function isLaminar(lowerBounds: readonly LowerBound[]): boolean {
  const wide = new Map<string, Set<string>>();
  for (const { regions } of lowerBounds) {
    if (regions !== null && regions.length > 1) wide.set(regions.join("\n"), new Set(regions));
  }
  const sets = [...wide.values()];
  return sets.every((a, index) =>
    sets.slice(index + 1).every((b) => {
      const common = [...a].filter((code) => b.has(code)).length;
      return common === 0 || common === a.size || common === b.size;
    }),
  );
}
