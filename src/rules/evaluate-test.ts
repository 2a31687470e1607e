import {
  compareFigures,
  isMinimum,
  isWithinBound,
  roundFraction,
  type ComparisonResult,
} from "./comparison.ts";
import { countKinds } from "./figures.ts";
import { ratio, type Ratio } from "./ratio.ts";
import type { Comparison, Measure, ShareMeasure, Test, UnitMeasure } from "./rule.ts";
import { scopeOfGroup, type Scope } from "./scope.ts";
import { scaleOf, unitScopes, weighUnits, weightIn, type EvaluationContext } from "./units.ts";
import { workOfComparison, workOfLowestTerms, workOfShares, workUnits } from "./work-units.ts";

// A test compares measures, and a measure may count the units that meet a test: hence one file.

/** Whether a test is met in a scope. */
export function isMet(test: Test, scope: Scope, context: EvaluationContext): boolean {
  switch (test.type) {
    case "compare":
      return compareBallots(test, scope, context) ?? compareMeasures(test, scope, context);
    case "all":
      return isEvery(test.tests, context, (inner) => isMet(inner, scope, context));
    case "any":
      return !isEvery(test.tests, context, (inner) => !isMet(inner, scope, context));
    case "not":
      return !isMet(test.test, scope, context);
    case "each":
      return isEvery(unitScopes(test.units, scope, context), context, (unit) =>
        isMet(test.test, unit, context),
      );
    default:
      return isMet(test.test, scopeOfGroup(test.regionGroup), context);
  }
}

function isEvery<Item>(
  items: readonly Item[],
  { isExhaustive = false, work }: EvaluationContext,
  isSo: (item: Item) => boolean,
): boolean {
  let isSoFar = true;
  for (const item of items) {
    work.spend(1);
    if (!isSo(item)) isSoFar = false;
    if (!isSoFar && !isExhaustive) return false;
  }
  return isSoFar;
}

/**
 * A comparison of ballots alone, in whole numbers without making fractions: every region is asked
 * this. Null for any other comparison.
 */
function compareBallots(
  test: Comparison,
  scope: Scope,
  context: EvaluationContext,
): boolean | null {
  const { count, of, figure, bound, rounding } = test;
  if (count.type !== "ballots" || (of !== null && of.type !== "ballots")) return null;
  context.work.spend(workUnits.comparison);
  const actual = countKinds(count, scope, context);
  const base = of === null ? 1n : countKinds(of, scope, context);
  if (of !== null && isMinimum(bound) && actual <= 0n) return false;
  const [over, under] = [figure.numerator * base, figure.denominator];
  const left = rounding === null ? actual * under : actual;
  const right = rounding === null ? over : roundFraction(over, under, rounding);
  return isWithinBound(left < right ? -1 : left > right ? 1 : 0, bound);
}

/** A comparison of any measures, without bringing their fractions to lowest terms. */
function compareMeasures(test: Comparison, scope: Scope, context: EvaluationContext): boolean {
  const { of, figure, bound, rounding } = test;
  context.work.spend(workUnits.comparison);
  const actual = fractionOf(test.count, scope, context);
  const base = of === null ? ratio(1n) : fractionOf(of, scope, context);
  if (of !== null && isMinimum(bound) && actual.numerator <= 0n) return false;
  const over = figure.numerator * base.numerator;
  const under = figure.denominator * base.denominator;
  const left = rounding === null ? actual.numerator * under : actual.numerator;
  const right =
    (rounding === null ? over : roundFraction(over, under, rounding)) * actual.denominator;
  return isWithinBound(left < right ? -1 : left > right ? 1 : 0, bound);
}

/** A comparison in a scope, with its figures. */
export function evaluateComparison(
  test: Comparison,
  scope: Scope,
  context: EvaluationContext,
): ComparisonResult {
  context.work.spend(workOfComparison(test));
  const actual = valueOf(test.count, scope, context);
  return compareFigures(test, actual, test.of === null ? null : valueOf(test.of, scope, context));
}

/** The value of a measure in a scope. */
export function valueOf(measure: Measure, scope: Scope, context: EvaluationContext): Ratio {
  const bits = bitsOfShares(measure, scope, context);
  // As they stand, as a share of their base, and as text.
  if (bits > 0) context.work.spend(4 * workOfLowestTerms(bits));
  const { numerator, denominator } = fractionOf(measure, scope, context);
  return ratio(numerator, denominator);
}

/** How long the fraction of a sum of shares may be: as long as all their bases; 0 for the others. */
export function bitsOfShares(measure: Measure, scope: Scope, context: EvaluationContext): number {
  if (measure.type === "within") {
    return bitsOfShares(measure.measure, scopeOfGroup(measure.regionGroup), context);
  }
  if (measure.type !== "shares") return 0;
  return unitScopes(measure.units, scope, context).length * context.figureBits;
}

/** The value of a measure, not in lowest terms: those cost more than all the rest. */
function fractionOf(measure: Measure, scope: Scope, context: EvaluationContext): Ratio {
  switch (measure.type) {
    case "ballots":
      return { numerator: countKinds(measure, scope, context), denominator: 1n };
    case "units":
      return sumUnits(measure, scope, context);
    case "shares":
      return sumShares(measure, scope, context);
    default:
      return fractionOf(measure.measure, scopeOfGroup(measure.regionGroup), context);
  }
}

function sumUnits(measure: UnitMeasure, scope: Scope, context: EvaluationContext): Ratio {
  let sum = 0n;
  const { weigh, units } = measure;
  const denominator = scaleOf(measure);
  if (measure.that === null && units.type === "named" && weigh !== "eligible") {
    if (weigh === "one") return { numerator: BigInt(units.names.length), denominator };
    context.work.spend(units.names.length * workUnits.unitWeight);
    for (const name of units.names) sum += weightIn(weigh, name);
    return { numerator: sum, denominator };
  }
  for (const unit of weighUnits(measure, scope, context)) {
    if (measure.that === null || isMet(measure.that, unit.scope, context)) sum += unit.weight;
  }
  return { numerator: sum, denominator };
}

function sumShares(measure: ShareMeasure, scope: Scope, context: EvaluationContext): Ratio {
  const units = unitScopes(measure.units, scope, context);
  context.work.spend(workOfShares(units.length, context.figureBits));
  let [over, under, voted, all] = [0n, 1n, 0n, 0n];
  for (const unit of units) {
    const weight = weightIn(measure.table, unit.name);
    all += weight;
    const base = countKinds(measure.base, unit, context);
    const part = countKinds(measure.part, unit, context);
    if (base <= 0n) continue;
    voted += weight;
    over = over * base + weight * part * under;
    under *= base;
  }
  const denominator = under * measure.table.scale;
  if (measure.whenEmpty === "lost" || voted === 0n) return { numerator: over, denominator };
  return { numerator: over * all, denominator: denominator * voted };
}
