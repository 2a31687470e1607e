import { isMinimum, isWithinBound } from "../comparison.ts";
import { compareRatios, multiplyRatios, ratio, type Ratio } from "../ratio.ts";
import type { Comparison, Measure, Test } from "../rule.ts";
import { scopeOfGroup, type Scope } from "../scope.ts";
import { scaleOf, unitScopes, weighUnits, type EvaluationContext } from "../units.ts";
import { headroomIn, type Headroom } from "./headroom.ts";
import { isMetAt, linesOf } from "./line.ts";
import type { Step } from "./step.ts";

/**
 * What is known of a test while votes can still be cast: it will be met, will not be, or either may
 * come.
 */
export type Certainty = "met" | "unmet" | "open";

/** What a forecast works with while votes can still be cast. */
export interface ForecastContext extends EvaluationContext {
  /** The votes that may still be cast. */
  readonly headroom: Headroom;
  readonly by: Step["by"];
}

/**
 * What the voters who are left could all do together. A linear figure is largest and smallest
 * where all of them do the same.
 */
const ends: Step["changes"][] = [
  {},
  { yes: 1n },
  { no: 1n },
  { abstain: 1n },
  { blank: 1n },
  { invalid: 1n },
];

/** Whether a test will be met whatever the votes still to come. */
export function certaintyOf(test: Test, scope: Scope, context: ForecastContext): Certainty {
  switch (test.type) {
    case "all":
      return conjunction(test.tests.map((one) => certaintyOf(one, scope, context)));
    case "any":
      return negateCertainty(
        conjunction(test.tests.map((one) => negateCertainty(certaintyOf(one, scope, context)))),
      );
    case "not":
      return negateCertainty(certaintyOf(test.test, scope, context));
    case "within":
      return certaintyOf(test.test, scopeOfGroup(test.regionGroup), context);
    case "each":
      return conjunction(
        unitScopes(test.units, scope, context).map((unit) => certaintyOf(test.test, unit, context)),
      );
    default:
      return ofComparison(test, scope, context);
  }
}

function ofComparison(test: Comparison, scope: Scope, context: ForecastContext): Certainty {
  const isOfSums =
    test.count.type === "ballots" && (test.of === null || test.of.type === "ballots");
  if (isOfSums) return test.rounding === null ? atEnds(test, scope, context) : "open";
  const count = rangeOf(test.count, scope, context);
  const base = test.of === null ? null : rangeOf(test.of, scope, context);
  if (count === null || test.rounding !== null) return "open";
  if (test.of !== null && base === null) return "open";
  const least = base === null ? test.figure : multiplyRatios(test.figure, base.least);
  const most = base === null ? test.figure : multiplyRatios(test.figure, base.most);
  const isNothing = test.of !== null && isMinimum(test.bound) && count.least.numerator <= 0n;
  const holds = (low: Ratio, threshold: Ratio) =>
    isWithinBound(compareRatios(low, threshold), test.bound);
  if (isMinimum(test.bound)) {
    if (holds(count.least, most) && !isNothing) return "met";
    return holds(count.most, least) ? "open" : "unmet";
  }
  if (holds(count.most, least)) return "met";
  return holds(count.least, most) ? "open" : "unmet";
}

function atEnds(test: Comparison, scope: Scope, context: ForecastContext): Certainty {
  const { headroom, by } = context;
  const votes = headroomIn(headroom, scope, context.work);
  const steps = ends.map((changes) => ({ changes, by }));
  const lines = linesOf(test, steps, { scope, context });
  const results = lines.map((line) => isMetAt(test, line, votes));
  if (results.every(Boolean)) return "met";
  return results.some(Boolean) ? "open" : "unmet";
}

function rangeOf(
  measure: Measure,
  scope: Scope,
  context: ForecastContext,
): { least: Ratio; most: Ratio } | null {
  if (measure.type === "within")
    return rangeOf(measure.measure, scopeOfGroup(measure.regionGroup), context);
  if (measure.type !== "units") return null;
  let [least, most] = [0n, 0n];
  for (const unit of weighUnits(measure, scope, context)) {
    const certainty =
      measure.that === null ? "met" : certaintyOf(measure.that, unit.scope, context);
    if (certainty === "met") least += unit.weight;
    if (certainty !== "unmet") most += unit.weight;
  }
  const scale = scaleOf(measure);
  return { least: ratio(least, scale), most: ratio(most, scale) };
}

function conjunction(all: readonly Certainty[]): Certainty {
  if (all.includes("unmet")) return "unmet";
  return all.includes("open") ? "open" : "met";
}

function negateCertainty(certainty: Certainty): Certainty {
  if (certainty === "open") return "open";
  return certainty === "met" ? "unmet" : "met";
}
