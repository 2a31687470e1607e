import type { CoverItem } from "./cover-problem.ts";
import { distributeSteps, type Distribution } from "./distribute-steps.ts";
import { Work } from "../work.ts";
import {
  NotSearchableError,
  type LowerBound,
  type Option,
  type SearchContext,
  type Unit,
} from "./search.ts";
import { solveCover } from "./solve-cover.ts";

/** Where the steps of an option go, and the number below which it can't be met. */
export type OptionPlan = Distribution & { atLeast: bigint };

/**
 * The fewest steps that meet an option: its own lower bounds, and the cheapest units of its covers.
 * Null where there are not enough votes. `searches` is the number of options that share the work.
 */
export function planOption(
  option: Option,
  search: SearchContext,
  searches: number,
): OptionPlan | null {
  const required = distributeSteps(option.lowerBounds, search);
  if (required === null) return null;
  const units = mergeUnits(option, search);
  const itemsByUnit = units.map(({ items }) => items);
  // As much again is kept for the answer's own evaluation, and for the options to come.
  const solver = new Work(Math.floor(search.work.left / (2 * searches)));
  const solution = solveCover(
    { itemsByUnit, needs: option.covers.map(({ need }) => need) },
    solver,
  );
  search.work.spend(solver.spent);
  if (solution === null) return null;
  const chosen = solution.taken.flatMap((index, unit) =>
    index === null ? [] : (itemsByUnit[unit]?.[index]?.lowerBounds ?? []),
  );
  const plan = distributeSteps([...option.lowerBounds, ...chosen], search);
  if (plan === null) throw new NotSearchableError();
  if (plan.isLeast && units.length === 0) return { ...plan, atLeast: plan.total };
  // One step may win several units that overlap: then the sum of their costs bounds nothing.
  const isBounded = required.isLeast && areDisjoint(units.map(({ unit }) => unit));
  const { atLeast } = solution;
  const least = atLeast > required.total ? atLeast : required.total;
  return { ...plan, atLeast: isBounded ? least : 0n };
}

type UnitItem = CoverItem & { lowerBounds: readonly LowerBound[] };
type UnitItems = { unit: Unit; items: UnitItem[] };

/**
 * A unit of several covers is merged into one: winning it counts in all that the same steps win.
 */
function mergeUnits({ covers }: Option, search: SearchContext): UnitItems[] {
  const { work } = search;
  const merged = new Map<string, { unit: Unit; options: readonly Option[] }>();
  for (const unit of covers.flatMap(({ units }) => units)) {
    const known = merged.get(unitKey(unit))?.options ?? [];
    merged.set(unitKey(unit), { unit, options: [...known, ...unit.options] });
  }
  const unitsByCover = covers.map(({ units }) => new Map(units.map((one) => [unitKey(one), one])));
  return [...merged].map(([key, { unit, options }]) => {
    // Each way is compared with each of the same unit in every cover.
    const bounds = options.reduce((sum, one) => sum + one.lowerBounds.length, 0);
    work.spend(8 + bounds * bounds * covers.length);
    const distinct = new Map(options.map((one) => [boundsKey(one), one.lowerBounds]));
    const items = [...distinct.values()].flatMap((lowerBounds) => {
      const distribution = distributeSteps(lowerBounds, search);
      if (distribution === null) return [];
      const gains = unitsByCover.map((units) => {
        const same = units.get(key);
        const isWon = same?.options.some((one) => implies(lowerBounds, one.lowerBounds)) === true;
        return isWon ? same.weight : 0n;
      });
      return [{ cost: distribution.total, gains, lowerBounds }];
    });
    return { unit, items };
  });
}

/** In one rule a name is that of one unit. */
function unitKey({ scope }: Unit): string {
  return scope.name;
}

function boundsKey({ lowerBounds }: Option): string {
  return lowerBounds.map(({ regions, need }) => `${regionsKey(regions)}=${need}`).join("\n\n");
}

/** Whether steps that reach some bounds reach others too. */
function implies(held: readonly LowerBound[], wanted: readonly LowerBound[]): boolean {
  return wanted.every(({ regions, need }) =>
    held.some((one) => one.need >= need && regionsKey(one.regions) === regionsKey(regions)),
  );
}

/** Regions as text; of a group it is made once. */
function regionsKey(regions: LowerBound["regions"]): string {
  if (regions === null) return "";
  const [first = ""] = regions;
  if (regions.length === 1) return first;
  const known = keysOfRegions.get(regions);
  if (known !== undefined) return known;
  const key = regions.join("\n");
  keysOfRegions.set(regions, key);
  return key;
}

const keysOfRegions = new WeakMap<readonly string[], string>();

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
