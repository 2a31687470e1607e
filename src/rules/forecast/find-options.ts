import { isMinimum, neededFigure } from "../comparison.ts";
import { isMet, valueOf } from "../evaluate-test.ts";
import { multiplyRatios } from "../ratio.ts";
import type { Comparison, Measure, Test, UnitMeasure } from "../rule.ts";
import { scopeOfGroup, type Scope } from "../scope.ts";
import { scaleOf, unitScopes, weighUnits, type WeightedUnit } from "../units.ts";
import type { Work } from "../work.ts";
import { workOfComparison, workUnits } from "../work-units.ts";
import { directionOf, directionOfMeasure } from "./direction.ts";
import { headroomIn } from "./headroom.ts";
import { negateTest } from "./negate-test.ts";
import { fewestSteps } from "./line.ts";
import {
  NotSearchableError,
  type LowerBound,
  type Option,
  type SearchContext,
  type Unit,
  type WeightedCover,
} from "./search.ts";

/** Options multiply where several tests must all be met: three in each of three tests are 27. */
const optionsMax = 64;

/** The option of a test that is met already. */
const noSteps: Option = { lowerBounds: [], covers: [] };

/**
 * Every way in which steps meet a test; none where no number of steps does.
 * @throws {NotSearchableError} where the test is of a kind that has no such list
 */
export function findOptions(test: Test, scope: Scope, search: SearchContext): Option[] {
  if (looksAtSumsOnly(test)) return optionsBySum(test, scope, search);
  switch (test.type) {
    case "all":
      return combineAll(
        test.tests.map((inner) => findOptions(inner, scope, search)),
        search.work,
      );
    case "any":
      return limitOptions(test.tests.flatMap((inner) => findOptions(inner, scope, search)));
    case "each":
      return combineAll(
        unitScopes(test.units, scope, search).map((unit) => findOptions(test.test, unit, search)),
        search.work,
      );
    case "within":
      return findOptions(test.test, scopeOfGroup(test.regionGroup), search);
    case "not": {
      const negated = negateTest(test.test);
      if (negated.type === "not") throw new NotSearchableError();
      return findOptions(negated, scope, search);
    }
    default:
      return optionsOfComparison(test, scope, search);
  }
}

/** Whether only the number of steps in the scope matters, and not where in it they are. */
function looksAtSumsOnly(test: Test): boolean {
  if (test.type === "all" || test.type === "any") return test.tests.every(looksAtSumsOnly);
  if (test.type === "not") return looksAtSumsOnly(test.test);
  if (test.type !== "compare") return false;
  return test.count.type === "ballots" && (test.of === null || test.of.type === "ballots");
}

/** The smallest number of steps, since more steps never harm. */
function optionsBySum(test: Test, scope: Scope, search: SearchContext): Option[] {
  const direction = directionOf(test, search);
  if (direction === "mixed") throw new NotSearchableError();
  const most = direction === "up" ? headroomIn(search.headroom, scope, search.work) : 0n;
  const need = fewestSteps(test, { isWanted: true, most, scope, context: search });
  if (need === null) return [];
  if (need === 0n) return [noSteps];
  return [{ lowerBounds: [{ regions: scope.regions, need }], covers: [] }];
}

function optionsOfComparison(test: Comparison, scope: Scope, search: SearchContext): Option[] {
  const { count, of } = test;
  if (count.type === "within" && (of === null || isWithinSame(count, of, search))) {
    const inner = of?.type === "within" ? of.measure : null;
    const regional: Comparison = { ...test, count: count.measure, of: inner };
    return findOptions(regional, scopeOfGroup(count.regionGroup), search);
  }
  const isBaseFlat =
    of === null || (of.type !== "ballots" && directionOfMeasure(of, search) === "flat");
  if (count.type !== "units" || !isBaseFlat || test.rounding !== null) {
    throw new NotSearchableError();
  }
  return optionsOfUnits({ ...test, count }, scope, search);
}

/** The units that must come to meet the test of the count, or must cease to. */
function optionsOfUnits(
  test: Comparison & { count: UnitMeasure },
  scope: Scope,
  search: SearchContext,
): Option[] {
  const { count, of } = test;
  const base = of === null ? null : valueOf(of, scope, search);
  search.work.spend(workOfComparison(test));
  const threshold = base === null ? test.figure : multiplyRatios(test.figure, base);
  const figure = neededFigure(test, threshold);
  if (figure === null) throw new NotSearchableError();
  const scaled = figure.numerator * (scaleOf(count) / figure.denominator);
  const units = weighUnits(count, scope, search);
  const that: Test = count.that ?? { type: "all", tests: [] };
  if (isMinimum(test.bound)) {
    // A share of a base is not reached by a count of nothing.
    const need = base !== null && scaled < 1n ? 1n : scaled;
    return optionsOfCover({ units, that, need }, search);
  }
  // At most so many that meet it are at least so many that do not.
  const all = units.reduce((sum, unit) => sum + unit.weight, 0n);
  return optionsOfCover({ units, that: negateTest(that), need: all - scaled }, search);
}

interface CoverTarget {
  units: readonly WeightedUnit[];
  /** The test that units must meet, */
  that: Test;
  /** and the weight that must. */
  need: bigint;
}

function optionsOfCover({ units, that, need }: CoverTarget, search: SearchContext): Option[] {
  const direction = directionOf(that, search);
  if (direction === "mixed" || direction === "down") throw new NotSearchableError();
  let left = need;
  const winnable: Unit[] = [];
  for (const { scope, weight } of units) {
    if (isMet(that, scope, search)) left -= weight;
    else if (weight > 0n) {
      const options = findOptions(that, scope, search);
      if (options.some(({ covers }) => covers.length > 0)) throw new NotSearchableError();
      if (options.length > 0) winnable.push({ scope, weight, options });
    }
  }
  if (left <= 0n) return [noSteps];
  const reach = winnable.reduce((sum, { weight }) => sum + weight, 0n);
  return reach < left ? [] : [{ lowerBounds: [], covers: [{ units: winnable, need: left }] }];
}

function isWithinSame(a: Measure, b: Measure, { work }: SearchContext): boolean {
  if (a.type !== "within" || b.type !== "within") return false;
  const [own, other] = [a.regionGroup.regions, b.regionGroup.regions];
  work.spend(own.length * workUnits.name);
  return own.length === other.length && own.every((code, index) => code === other[index]);
}

/** One option for each choice of one from every list. */
function combineAll(lists: readonly Option[][], work: Work): Option[] {
  let options: MutableOption[] = [{ lowerBounds: [], covers: [] }];
  for (const next of lists) {
    const [only] = next;
    work.spend(1);
    if (only !== undefined && next.length === 1) {
      for (const option of options) addTo(option, only, work);
      continue;
    }
    options = options.flatMap((a) =>
      next.map((b) => {
        const combined = { lowerBounds: [...a.lowerBounds], covers: [...a.covers] };
        work.spend(sizeOf(a));
        return addTo(combined, b, work);
      }),
    );
    limitOptions(options);
  }
  return options;
}

type MutableOption = { lowerBounds: LowerBound[]; covers: WeightedCover[] };

function addTo(option: MutableOption, more: Option, work: Work): MutableOption {
  work.spend(sizeOf(more));
  option.lowerBounds.push(...more.lowerBounds);
  option.covers.push(...more.covers);
  return option;
}

function sizeOf({ lowerBounds, covers }: Option): number {
  return lowerBounds.length + covers.length;
}

function limitOptions(options: Option[]): Option[] {
  if (options.length > optionsMax) throw new NotSearchableError();
  return options;
}
