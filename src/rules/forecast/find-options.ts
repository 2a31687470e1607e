import { isMinimum, neededFigure } from "../comparison.ts";
import { isMet, valueOf } from "../evaluate-test.ts";
import { multiplyRatios } from "../ratio.ts";
import type { Comparison, Measure, Test, UnitMeasure } from "../rule.ts";
import { scopeOfGroup, wholeScope, type Scope } from "../scope.ts";
import { scaleOf, unitScopes, weighUnits, type WeightedUnit } from "../units.ts";
import { directionOf, directionOfMeasure } from "./direction.ts";
import { headroomIn } from "./headroom.ts";
import { negateTest } from "./negate-test.ts";
import { NotSearchableError, type Option, type SearchContext, type Unit } from "./search.ts";
import { addSteps, figuresOfScope, singleRegionFigures } from "./step.ts";

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
      return combineAll(test.tests.map((inner) => findOptions(inner, scope, search)));
    case "any":
      return limitOptions(test.tests.flatMap((inner) => findOptions(inner, scope, search)));
    case "each":
      return combineAll(
        unitScopes(test.units, scope, search).map((unit) => findOptions(test.test, unit, search)),
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

/** The smallest number of steps by binary search, since more steps never harm. */
function optionsBySum(test: Test, scope: Scope, search: SearchContext): Option[] {
  const { step, groups } = search;
  const before = figuresOfScope(search.figures, scope);
  const isMetAfter = (steps: bigint) => {
    const figures = singleRegionFigures(addSteps(before, step, steps));
    return isMet(test, wholeScope, { figures, groups });
  };
  const direction = directionOf(test, search);
  if (direction === "mixed") throw new NotSearchableError();
  if (isMetAfter(0n)) return [noSteps];
  if (direction !== "up") return [];
  let [below, enough] = [0n, headroomIn(search.headroom, scope)];
  if (!isMetAfter(enough)) return [];
  while (enough - below > 1n) {
    const middle = (below + enough) / 2n;
    if (isMetAfter(middle)) enough = middle;
    else below = middle;
  }
  return [{ lowerBounds: [{ regions: scope.regions, need: enough }], covers: [] }];
}

function optionsOfComparison(test: Comparison, scope: Scope, search: SearchContext): Option[] {
  const { count, of } = test;
  if (count.type === "within" && (of === null || isWithinSame(count, of))) {
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

function isWithinSame(a: Measure, b: Measure): boolean {
  return (
    a.type === "within" &&
    b.type === "within" &&
    a.regionGroup.regions.join("\n") === b.regionGroup.regions.join("\n")
  );
}

/** One option for each choice of one from every list. */
function combineAll(lists: readonly Option[][]): Option[] {
  const combine = (a: Option, b: Option): Option => ({
    lowerBounds: [...a.lowerBounds, ...b.lowerBounds],
    covers: [...a.covers, ...b.covers],
  });
  return lists.reduce<Option[]>(
    (options, next) => limitOptions(options.flatMap((a) => next.map((b) => combine(a, b)))),
    [noSteps],
  );
}

function limitOptions(options: Option[]): Option[] {
  if (options.length > optionsMax) throw new NotSearchableError();
  return options;
}
