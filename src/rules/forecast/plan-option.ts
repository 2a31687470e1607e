import type { CoverItem } from "./cover-problem.ts";
import { distributeSteps, type Distribution } from "./distribute-steps.ts";
import type { Headroom } from "./headroom.ts";
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
  { headroom }: SearchContext,
  searches: number,
): OptionPlan | null {
  const required = distributeSteps(option.lowerBounds, headroom);
  if (required === null) return null;
  const units = mergeUnits(option, headroom);
  const itemsByUnit = units.map(({ items }) => items);
  const solution = solveCover(
    { itemsByUnit, needs: option.covers.map(({ need }) => need) },
    searches,
  );
  if (solution === null) return null;
  const chosen = solution.taken.flatMap((index, unit) =>
    index === null ? [] : (itemsByUnit[unit]?.[index]?.lowerBounds ?? []),
  );
  const plan = distributeSteps([...option.lowerBounds, ...chosen], headroom);
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
function mergeUnits({ covers }: Option, headroom: Headroom): UnitItems[] {
  const merged = new Map<string, { unit: Unit; options: readonly Option[] }>();
  for (const unit of covers.flatMap(({ units }) => units)) {
    const known = merged.get(unitKey(unit))?.options ?? [];
    merged.set(unitKey(unit), { unit, options: [...known, ...unit.options] });
  }
  const unitsByCover = covers.map(({ units }) => new Map(units.map((one) => [unitKey(one), one])));
  return [...merged].map(([key, { unit, options }]) => {
    const distinct = new Map(options.map((one) => [boundsKey(one), one.lowerBounds]));
    const items = [...distinct.values()].flatMap((lowerBounds) => {
      const distribution = distributeSteps(lowerBounds, headroom);
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

function unitKey({ scope }: Unit): string {
  return `${scope.name}\n${scope.regions?.join("\n")}`;
}

function boundsKey({ lowerBounds }: Option): string {
  return lowerBounds.map(({ regions, need }) => `${regions?.join("\n")}=${need}`).join("\n\n");
}

/** Whether steps that reach some bounds reach others too. */
function implies(held: readonly LowerBound[], wanted: readonly LowerBound[]): boolean {
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
