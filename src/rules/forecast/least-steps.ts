import { wholeScope } from "../figures.ts";
import { isMet } from "../evaluate-test.ts";
import type { Test } from "../rule.ts";
import { solveCover } from "./solve-cover.ts";
import type { CoverItem } from "./cover-problem.ts";
import { directionOf } from "./direction.ts";
import { moveFiguresByRegion } from "./move.ts";
import { distributeSteps, type Distribution } from "./distribute-steps.ts";
import {
  BeyondSearch,
  findOptions,
  type LowerBound,
  type Search,
  type Unit,
  type Option,
} from "./options.ts";

/** The smallest number of steps that meets a test. `unknown`: the rule is of a kind that the search does not reach. */
export type LeastSteps =
  | { type: "met" }
  | { type: "impossible" }
  | { type: "unknown" }
  | {
      type: "found";
      steps: bigint;
      /** No fewer do; equal to `steps` where the search is exact. */
      atLeast: bigint;
      regions: ReadonlyMap<string, bigint>;
    };

export function leastSteps(test: Test, search: Search): LeastSteps {
  const { context, move, headroom } = search;
  if (isMet(test, wholeScope, context)) return { type: "met" };
  const direction = directionOf(test, move, search.isPresenceRecorded);
  const isMetAfter = (steps: ReadonlyMap<string, bigint>) =>
    isMet(test, wholeScope, {
      ...context,
      figures: moveFiguresByRegion(context.figures, move, steps),
    });
  if (direction === "up" && !isMetAfter(headroom)) return { type: "impossible" };
  try {
    return searchOptions(findOptions(test, wholeScope, search), search, isMetAfter);
  } catch (error) {
    if (!(error instanceof BeyondSearch)) throw error;
    return direction === "up" ? alongOnePath(search, isMetAfter) : { type: "unknown" };
  }
}

function searchOptions(
  options: readonly Option[],
  search: Search,
  isMetAfter: (steps: ReadonlyMap<string, bigint>) => boolean,
): LeastSteps {
  let best: (Distribution & { atLeast: bigint }) | null = null;
  let atLeast: bigint | null = null;
  let isMissed = false;
  for (const option of options) {
    const distribution = planOption(option, search, options.length);
    if (distribution === null) continue;
    if (atLeast === null || distribution.atLeast < atLeast) atLeast = distribution.atLeast;
    if (!isMetAfter(distribution.steps)) isMissed = true;
    else if (best === null || distribution.total < best.total) best = distribution;
  }
  if (best === null || atLeast === null) return { type: isMissed ? "unknown" : "impossible" };
  return { type: "found", steps: best.total, atLeast, regions: best.steps };
}

/** The cheapest units of an option, together with the lower bounds that it has in any case. */
function planOption(
  option: Option,
  search: Search,
  searches: number,
): (Distribution & { atLeast: bigint }) | null {
  const required = distributeSteps(option.lowerBounds, search.headroom);
  if (required === null) return null;
  const units = mergeUnits(option, search);
  const needs = option.covers.map(({ need }) => need);
  const solution = solveCover(
    units.map(({ items }) => items),
    needs,
    searches,
  );
  if (solution === null) return null;
  const chosen = solution.taken.flatMap((index, unit) =>
    index === null ? [] : (units[unit]?.items[index]?.lowerBounds ?? []),
  );
  const distribution = distributeSteps([...option.lowerBounds, ...chosen], search.headroom);
  if (distribution === null) throw new BeyondSearch();
  const areUnitsDisjoint = areDisjoint(units.map(({ unit }) => unit));
  const proven = !areUnitsDisjoint
    ? 0n
    : solution.atLeast > required.total
      ? solution.atLeast
      : required.total;
  const least = required.isLeast ? proven : 0n;
  const isProven = distribution.isLeast && units.length === 0;
  return { ...distribution, atLeast: isProven ? distribution.total : least };
}

type UnitItem = CoverItem & { lowerBounds: readonly LowerBound[] };

/** A unit that stands in several covers is merged into one, and winning it counts in all of them that the same steps win. */
function mergeUnits(option: Option, { headroom }: Search): { unit: Unit; items: UnitItem[] }[] {
  const merged = new Map<string, { unit: Unit; options: readonly Option[] }>();
  const unitsByCover = option.covers.map(
    ({ units }) => new Map(units.map((unit) => [keyOf(unit), unit])),
  );
  for (const { units } of option.covers) {
    for (const unit of units) {
      const known = merged.get(keyOf(unit))?.options ?? [];
      merged.set(keyOf(unit), { unit, options: [...known, ...unit.options] });
    }
  }
  return [...merged].map(([key, { unit, options }]) => {
    const byLowerBounds = new Map(options.map((one) => [lowerBoundsKey(one), one.lowerBounds]));
    const items = [...byLowerBounds.values()].flatMap((lowerBounds) => {
      const distribution = distributeSteps(lowerBounds, headroom);
      if (distribution === null) return [];
      const gains = unitsByCover.map((units) => {
        const here = units.get(key);
        return here?.options.some((one) => covers(lowerBounds, one.lowerBounds)) === true
          ? here.weight
          : 0n;
      });
      return [{ cost: distribution.total, gains, lowerBounds }];
    });
    return { unit, items };
  });
}

function keyOf({ scope }: Unit): string {
  return `${scope.name}\n${scope.regions?.join("\n")}`;
}

function lowerBoundsKey({ lowerBounds }: Option): string {
  return lowerBounds.map(({ regions, need }) => `${regions?.join("\n")}=${need}`).join("\n\n");
}

function covers(held: readonly LowerBound[], wanted: readonly LowerBound[]): boolean {
  return wanted.every(({ regions, need }) =>
    held.some((one) => one.need >= need && one.regions?.join("\n") === regions?.join("\n")),
  );
}

function areDisjoint(units: readonly Unit[]): boolean {
  const seen = new Set<string>();
  for (const { scope } of units) {
    for (const code of scope.regions ?? []) {
      if (seen.has(code)) return false;
      seen.add(code);
    }
  }
  return true;
}

/** Region after region is filled until the test is met: enough, and perhaps more than is needed. */
function alongOnePath(
  { headroom }: Search,
  isMetAfter: (steps: ReadonlyMap<string, bigint>) => boolean,
): LeastSteps {
  const fill = (count: bigint) => {
    const steps = new Map<string, bigint>();
    let left = count;
    for (const [code, most] of headroom) {
      const placed = most < left ? most : left;
      if (placed > 0n) steps.set(code, placed);
      left -= placed;
    }
    return steps;
  };
  let [below, enough] = [0n, [...headroom.values()].reduce((sum, most) => sum + most, 0n)];
  while (enough - below > 1n) {
    const middle = (below + enough) / 2n;
    if (isMetAfter(fill(middle))) enough = middle;
    else below = middle;
  }
  return { type: "found", steps: enough, atLeast: 1n, regions: fill(enough) };
}
