import type { Work } from "../work.ts";
import { workUnits } from "../work-units.ts";
import type { LowerBound, SearchContext } from "./search.ts";

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
  { headroom, work }: Pick<SearchContext, "headroom" | "work">,
): Distribution | null {
  const sizeOf = ({ regions }: LowerBound) => regions?.length ?? Infinity;
  const ordered = lowerBounds.toSorted((a, b) => (sizeOf(a) < sizeOf(b) ? -1 : 1));
  const steps = new Map<string, bigint>();
  let total = 0n;
  for (const { regions, need } of ordered) {
    const codes = regions ?? [...headroom.keys()];
    work.spend(2 + codes.length * workUnits.name);
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
  return { total, steps, isLeast: isLaminar(ordered, work) };
}

/**
 * Whether the regions of any two bounds are nested or disjoint, as single regions always are. From
 * the widest bound on, all regions of a bound must stand in the same one of those before.
 */
function isLaminar(ordered: readonly LowerBound[], work: Work): boolean {
  const within = new Map<string, number>();
  for (const [index, { regions }] of ordered.toReversed().entries()) {
    if (regions === null || regions.length < 2) continue;
    work.spend(regions.length * workUnits.name);
    const [first = ""] = regions;
    const around = within.get(first);
    if (regions.some((code) => within.get(code) !== around)) return false;
    for (const code of regions) within.set(code, index);
  }
  return true;
}
