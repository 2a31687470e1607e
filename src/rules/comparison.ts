import { compareRatios, floorRatio, multiplyRatios, ratio, type Ratio } from "./ratio.ts";
import type { Bound, Comparison, Measure, Rounding } from "./rule.ts";

/**
 * A comparison with its figures: `actual` against `threshold`, a share of `base` where there is
 * one.
 */
export type ComparisonResult = {
  isMet: boolean;
  actual: Ratio;
  base: Ratio | null;
  threshold: Ratio;
};

/** Compares what was counted with the share of its base; `base` is null where there is none. */
export function compareFigures(
  test: Comparison,
  actual: Ratio,
  base: Ratio | null,
): ComparisonResult {
  const exact = base === null ? test.figure : multiplyRatios(test.figure, base);
  const threshold = test.rounding === null ? exact : roundTo(exact, test.rounding);
  const isReached = isWithinBound(compareRatios(actual, threshold), test.bound);
  // Three quarters of no votes at all are none: without this, a proposal that nobody votes for is
  // carried.
  const isNothing = base !== null && isMinimum(test.bound) && actual.numerator <= 0n;
  return { isMet: isReached && !isNothing, actual, base, threshold };
}

/** Whether a bound asks for more, not for fewer. */
export function isMinimum(bound: Bound): boolean {
  return bound === "at_least" || bound === "more_than";
}

/**
 * Whether a count that compares to its threshold by `order` (negative, zero, positive) is allowed.
 */
export function isWithinBound(order: number, bound: Bound): boolean {
  if (bound === "at_least") return order >= 0;
  if (bound === "more_than") return order > 0;
  return bound === "at_most" ? order <= 0 : order < 0;
}

/**
 * The first figure that the measure can have and that meets the bound; null where it has no
 * increments.
 */
export function neededFigure(test: Comparison, threshold: Ratio): Ratio | null {
  const increment = incrementOf(test.count);
  if (increment === null) return null;
  const multiple = multiplyRatios(threshold, ratio(increment.denominator, increment.numerator));
  const below = floorRatio(multiple);
  const isWhole = multiple.denominator === 1n;
  const needed = {
    at_least: isWhole ? below : below + 1n,
    more_than: below + 1n,
    at_most: below,
    less_than: isWhole ? below - 1n : below,
  }[test.bound];
  return multiplyRatios(ratio(needed), increment);
}

/**
 * What a measure's figures are multiples of: one vote, or the fraction that its table counts in.
 */
function incrementOf(measure: Measure): Ratio | null {
  if (measure.type === "within") return incrementOf(measure.measure);
  if (measure.type === "shares") return null;
  if (measure.type === "ballots" || typeof measure.weigh === "string") return ratio(1n);
  return ratio(1n, measure.weigh.scale);
}

function roundTo({ numerator, denominator }: Ratio, rounding: Rounding): Ratio {
  return ratio(roundFraction(numerator, denominator, rounding));
}

/** A fraction, in lowest terms or not, as a whole number. */
export function roundFraction(over: bigint, under: bigint, rounding: Rounding): bigint {
  if (rounding === "down") return floorRatio({ numerator: over, denominator: under });
  if (rounding === "up") return -floorRatio({ numerator: -over, denominator: under });
  return floorRatio({ numerator: 2n * over + under, denominator: 2n * under });
}
