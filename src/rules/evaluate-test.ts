import { compareFigures, isMinimum, isWithinBound, type ComparisonResult } from "./comparison.ts";
import { countKinds } from "./figures.ts";
import { multiplyRatios, ratio, type Ratio } from "./ratio.ts";
import type { Comparison, Measure, ShareMeasure, Test, UnitMeasure } from "./rule.ts";
import { scopeOfGroup, type Scope } from "./scope.ts";
import { scaleOf, unitScopes, weighUnits, weightIn, type EvaluationContext } from "./units.ts";

// A test compares measures, and a measure may count the units that meet a test: hence one file.

/** Whether a test is met in a scope. */
export function isMet(test: Test, scope: Scope, context: EvaluationContext): boolean {
  switch (test.type) {
    case "compare":
      return compareBallots(test, scope, context) ?? evaluateComparison(test, scope, context).isMet;
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

/**
 * A comparison of ballots alone, in whole numbers without making fractions: every region is asked
 * this. Null for any other comparison.
 */
function compareBallots(
  test: Comparison,
  scope: Scope,
  { figures }: EvaluationContext,
): boolean | null {
  const { count, of, figure, bound } = test;
  if (count.type !== "ballots" || test.rounding !== null) return null;
  if (of !== null && of.type !== "ballots") return null;
  const actual = countKinds(count, scope, figures);
  const base = of === null ? 1n : countKinds(of, scope, figures);
  const [left, right] = [actual * figure.denominator, figure.numerator * base];
  if (of !== null && isMinimum(bound) && actual <= 0n) return false;
  return isWithinBound(left < right ? -1 : left > right ? 1 : 0, bound);
}

/** A comparison in a scope, with its figures. */
export function evaluateComparison(
  test: Comparison,
  scope: Scope,
  context: EvaluationContext,
): ComparisonResult {
  const actual = valueOf(test.count, scope, context);
  return compareFigures(test, actual, test.of === null ? null : valueOf(test.of, scope, context));
}

/** The value of a measure in a scope. */
export function valueOf(measure: Measure, scope: Scope, context: EvaluationContext): Ratio {
  switch (measure.type) {
    case "ballots":
      return ratio(countKinds(measure, scope, context.figures));
    case "units":
      return sumUnits(measure, scope, context);
    case "shares":
      return sumShares(measure, scope, context);
    default:
      return valueOf(measure.measure, scopeOfGroup(measure.regionGroup), context);
  }
}

function sumUnits(measure: UnitMeasure, scope: Scope, context: EvaluationContext): Ratio {
  let sum = 0n;
  const { weigh, units } = measure;
  if (measure.that === null && units.type === "named" && weigh !== "eligible") {
    if (weigh === "one") return ratio(BigInt(units.names.length));
    for (const name of units.names) sum += weightIn(weigh, name);
    return ratio(sum, weigh.scale);
  }
  for (const unit of weighUnits(measure, scope, context)) {
    if (measure.that === null || isMet(measure.that, unit.scope, context)) sum += unit.weight;
  }
  return ratio(sum, scaleOf(measure));
}

function sumShares(measure: ShareMeasure, scope: Scope, context: EvaluationContext): Ratio {
  // Brought to lowest terms only once: in between it would cost more than it saves.
  let [over, under, voted, all] = [0n, 1n, 0n, 0n];
  for (const unit of unitScopes(measure.units, scope, context)) {
    const weight = weightIn(measure.table, unit.name);
    all += weight;
    const base = countKinds(measure.base, unit, context.figures);
    if (base <= 0n) continue;
    voted += weight;
    over = over * base + weight * countKinds(measure.part, unit, context.figures) * under;
    under *= base;
  }
  const held = ratio(over, under * measure.table.scale);
  if (measure.whenEmpty === "lost" || voted === 0n) return held;
  return multiplyRatios(held, ratio(all, voted));
}
