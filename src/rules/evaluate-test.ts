import { scopeOfGroup, type Scope } from "./figures.ts";
import { countBallots, stepOf, unitScopes, valueOf, type EvaluationContext } from "./measure.ts";
import {
  addRatios,
  compareRatios,
  floorRatio,
  multiplyRatios,
  ratio,
  type Ratio,
} from "./ratio.ts";
import type { Bound, Comparison, Rounding, Test } from "./rule.ts";

/** A comparison with its figures: `actual` against `threshold`, which is a share of `base` where there is one. */
export type ComparisonResult = {
  isMet: boolean;
  actual: Ratio;
  base: Ratio | null;
  threshold: Ratio;
};

export function isMet(test: Test, scope: Scope, context: EvaluationContext): boolean {
  switch (test.type) {
    case "compare":
      return (
        isReachedByCount(test, scope, context) ?? evaluateComparison(test, scope, context).isMet
      );
    case "all":
      return test.tests.every((inner) => isMet(inner, scope, context));
    case "any":
      return test.tests.some((inner) => isMet(inner, scope, context));
    case "not":
      return !isMet(test.test, scope, context);
    case "each":
      return unitScopes(test.units, scope, context).every((unit) =>
        isMet(test.test, unit, context),
      );
    default:
      return isMet(test.test, scopeOfGroup(test.regionGroup), context);
  }
}

/** The comparison of voters alone, which every region is asked: by whole numbers, without making fractions. Null for any other. */
function isReachedByCount(
  test: Comparison,
  scope: Scope,
  context: EvaluationContext,
): boolean | null {
  const { count, of, figure, bound } = test;
  if (count.type !== "ballots" || test.rounding !== null) return null;
  if (of !== null && of.type !== "ballots") return null;
  const actual = countBallots(count, scope, context);
  const base = of === null ? 1n : countBallots(of, scope, context);
  const [left, right] = [actual * figure.denominator, figure.numerator * base];
  if (of !== null && isLower(bound) && actual <= 0n) return false;
  return isWithinBound(left < right ? -1 : left > right ? 1 : 0, bound);
}

/** `actual` is the count's value, for a caller that has it already. */
export function evaluateComparison(
  test: Comparison,
  scope: Scope,
  context: EvaluationContext,
  actual: Ratio = valueOf(test.count, scope, context),
): ComparisonResult {
  const base = test.of === null ? null : valueOf(test.of, scope, context);
  const exact = base === null ? test.figure : multiplyRatios(test.figure, base);
  const threshold = test.rounding === null ? exact : roundTo(exact, test.rounding);
  const isReached = isWithinBound(compareRatios(actual, threshold), test.bound);
  // Three quarters of no votes at all are none: without this, nobody's vote would carry.
  const isNothing = base !== null && isLower(test.bound) && actual.numerator <= 0n;
  return { isMet: isReached && !isNothing, actual, base, threshold };
}

export function isLower(bound: Bound): boolean {
  return bound === "at_least" || bound === "more_than";
}

/** The figure in steps of the measure that just meets the bound; null where the measure has no steps. */
export function neededFigure(test: Comparison, threshold: Ratio): Ratio | null {
  const step = stepOf(test.count);
  if (step === null) return null;
  const inSteps = multiplyRatios(threshold, ratio(step.denominator, step.numerator));
  const below = floorRatio(inSteps);
  const isWhole = inSteps.denominator === 1n;
  const steps = {
    at_least: isWhole ? below : below + 1n,
    more_than: below + 1n,
    at_most: below,
    less_than: isWhole ? below - 1n : below,
  }[test.bound];
  return multiplyRatios(ratio(steps), step);
}

export function isWithinBound(order: number, bound: Bound): boolean {
  if (bound === "at_least") return order >= 0;
  if (bound === "more_than") return order > 0;
  return bound === "at_most" ? order <= 0 : order < 0;
}

function roundTo(figure: Ratio, rounding: Rounding): Ratio {
  if (rounding === "down") return ratio(floorRatio(figure));
  if (rounding === "nearest") return ratio(floorRatio(addRatios(figure, ratio(1n, 2n))));
  const below = floorRatio(figure);
  return ratio(figure.denominator === 1n ? below : below + 1n);
}
