import { compareRatios, multiplyRatios, ratio, addRatios, type Ratio } from "../ratio.ts";
import { isMinimum } from "../comparison.ts";
import type { BallotMeasure, Comparison, Measure, Test } from "../rule.ts";
import type { SearchContext } from "./search.ts";
import { changeOfKind } from "./step.ts";

/** Whether steps can only help a test (or raise a measure), only harm it, do nothing, or either. */
export type Direction = "up" | "down" | "flat" | "mixed";

type StepContext = Pick<SearchContext, "step" | "isPresenceRecorded">;

/** How steps move a test towards being met. */
export function directionOf(test: Test, search: StepContext): Direction {
  const inner = (one: Test) => directionOf(one, search);
  switch (test.type) {
    case "all":
    case "any":
      return test.tests.map(inner).reduce(together, "flat");
    case "not":
      return opposite(inner(test.test));
    case "each":
    case "within":
      return inner(test.test);
    default:
      return ofComparison(test, search);
  }
}

function ofComparison(test: Comparison, search: StepContext): Direction {
  const { count, of } = test;
  const turned = (direction: Direction) =>
    isMinimum(test.bound) ? direction : opposite(direction);
  const change = changeOf(count, search);
  const baseChange = of === null ? ratio(0n) : changeOf(of, search);
  if (change !== null && baseChange !== null) {
    const slack = addRatios(change, multiplyRatios(test.figure, negative(baseChange)));
    const isRounded = test.rounding !== null && baseChange.numerator !== 0n;
    const isSteady = !isRounded || isSlower(baseChange, change, test.figure);
    if (signOf(slack) === 0 && signOf(change) === 0) return "flat";
    if (signOf(slack) >= 0 && signOf(change) >= 0 && isSteady) return turned("up");
    return signOf(slack) <= 0 && signOf(change) <= 0 && !isRounded ? turned("down") : "mixed";
  }
  const isBaseFlat = of === null || directionOfMeasure(of, search) === "flat";
  return isBaseFlat ? turned(directionOfMeasure(count, search)) : "mixed";
}

/** Whether steps raise or lower a measure's value. */
export function directionOfMeasure(measure: Measure, search: StepContext): Direction {
  if (measure.type === "within") return directionOfMeasure(measure.measure, search);
  if (measure.type === "units") {
    return measure.that === null ? "flat" : directionOf(measure.that, search);
  }
  if (measure.type === "ballots") {
    const sign = signOf(changeOfBallots(measure, search));
    return sign === 0 ? "flat" : sign > 0 ? "up" : "down";
  }
  const part = changeOfBallots(measure.part, search);
  const base = changeOfBallots(measure.base, search);
  // A part of its base can't shrink in share when both grow by the same vote.
  const isPart = measure.part.plus.every((kind) => measure.base.plus.includes(kind));
  if (isPart && signOf(base) >= 0 && compareRatios(part, base) >= 0) return "up";
  return signOf(base) === 0 && signOf(part) < 0 ? "down" : "mixed";
}

function changeOf(measure: Measure, search: StepContext): Ratio | null {
  return measure.type === "ballots" ? changeOfBallots(measure, search) : null;
}

function changeOfBallots(measure: BallotMeasure, search: StepContext): Ratio {
  const { step, isPresenceRecorded } = search;
  if (!step.by.includes(measure.by)) return ratio(0n);
  let change = 0n;
  for (const kind of measure.plus) change += changeOfKind(step, kind, isPresenceRecorded);
  for (const kind of measure.less) change -= changeOfKind(step, kind, isPresenceRecorded);
  return ratio(change);
}

/** A rounded threshold that moves at most as fast as the count can't overtake it. */
function isSlower(base: Ratio, count: Ratio, figure: Ratio): boolean {
  return (
    signOf(base) >= 0 && compareRatios(count, base) >= 0 && compareRatios(figure, ratio(1n)) <= 0
  );
}

function together(a: Direction, b: Direction): Direction {
  if (a === b || b === "flat") return a;
  return a === "flat" ? b : "mixed";
}

function opposite(direction: Direction): Direction {
  if (direction === "up") return "down";
  return direction === "down" ? "up" : direction;
}

function negative({ numerator, denominator }: Ratio): Ratio {
  return { numerator: -numerator, denominator };
}

function signOf({ numerator }: Ratio): number {
  return numerator === 0n ? 0 : numerator > 0n ? 1 : -1;
}
