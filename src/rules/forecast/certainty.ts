import { scopeOfGroup, wholeScope, type Scope } from "../figures.ts";
import { isLower, isMet, isWithinBound } from "../evaluate-test.ts";
import { unitScopes, weighUnits, scaleOf, type EvaluationContext } from "../measure.ts";
import { compareRatios, multiplyRatios, ratio, type Ratio } from "../ratio.ts";
import type { Comparison, Measure, Test } from "../rule.ts";
import {
  singleRegionFigures,
  moveFigures,
  figuresOfScope,
  headroomIn,
  type Move,
  type Headroom,
} from "./move.ts";

/** What is known of a test while votes can still be cast: it will be met, will not be, or either may come. */
export type Certainty = "met" | "unmet" | "open";

export type Future = { context: EvaluationContext; headroom: Headroom; by: Move["by"] };

/** All that the voters who are left could do together. A linear figure is largest and smallest where all of them do the same. */
const ends: Move["changes"][] = [
  {},
  { yes: 1n },
  { no: 1n },
  { abstain: 1n },
  { blank: 1n },
  { invalid: 1n },
];

export function certaintyOf(test: Test, scope: Scope, future: Future): Certainty {
  switch (test.type) {
    case "all":
      return every(test.tests.map((one) => certaintyOf(one, scope, future)));
    case "any":
      return turned(every(test.tests.map((one) => turned(certaintyOf(one, scope, future)))));
    case "not":
      return turned(certaintyOf(test.test, scope, future));
    case "within":
      return certaintyOf(test.test, scopeOfGroup(test.regionGroup), future);
    case "each":
      return every(
        unitScopes(test.units, scope, future.context).map((unit) =>
          certaintyOf(test.test, unit, future),
        ),
      );
    default:
      return ofComparison(test, scope, future);
  }
}

function ofComparison(test: Comparison, scope: Scope, future: Future): Certainty {
  const isOfSums =
    test.count.type === "ballots" && (test.of === null || test.of.type === "ballots");
  if (isOfSums) return test.rounding === null ? atEnds(test, scope, future) : "open";
  const count = rangeOf(test.count, scope, future);
  const base = test.of === null ? null : rangeOf(test.of, scope, future);
  if (count === null || base === undefined || test.rounding !== null) return "open";
  if (test.of !== null && base === null) return "open";
  const least = base === null ? test.figure : multiplyRatios(test.figure, base.least);
  const most = base === null ? test.figure : multiplyRatios(test.figure, base.most);
  const isNothing = test.of !== null && isLower(test.bound) && count.least.numerator <= 0n;
  const holds = (low: Ratio, threshold: Ratio) =>
    isWithinBound(compareRatios(low, threshold), test.bound);
  if (isLower(test.bound)) {
    if (holds(count.least, most) && !isNothing) return "met";
    return holds(count.most, least) ? "open" : "unmet";
  }
  if (holds(count.most, least)) return "met";
  return holds(count.least, most) ? "open" : "unmet";
}

function atEnds(test: Comparison, scope: Scope, { context, headroom, by }: Future): Certainty {
  const here = figuresOfScope(context.figures, scope);
  const most = headroomIn(headroom, scope);
  const results = ends.map((changes) => {
    const figures = singleRegionFigures(moveFigures(here, { changes, by }, most));
    return isMet(test, wholeScope, { ...context, figures });
  });
  if (results.every(Boolean)) return "met";
  return results.some(Boolean) ? "open" : "unmet";
}

function rangeOf(
  measure: Measure,
  scope: Scope,
  future: Future,
): { least: Ratio; most: Ratio } | null {
  if (measure.type === "within")
    return rangeOf(measure.measure, scopeOfGroup(measure.regionGroup), future);
  if (measure.type !== "units") return null;
  let [least, most] = [0n, 0n];
  for (const unit of weighUnits(measure, scope, future.context)) {
    const certainty = measure.that === null ? "met" : certaintyOf(measure.that, unit.scope, future);
    if (certainty === "met") least += unit.weight;
    if (certainty !== "unmet") most += unit.weight;
  }
  const scale = scaleOf(measure);
  return { least: ratio(least, scale), most: ratio(most, scale) };
}

function every(all: readonly Certainty[]): Certainty {
  if (all.includes("unmet")) return "unmet";
  return all.includes("open") ? "open" : "met";
}

function turned(certainty: Certainty): Certainty {
  if (certainty === "open") return "open";
  return certainty === "met" ? "unmet" : "met";
}
