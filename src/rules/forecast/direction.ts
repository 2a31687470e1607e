import { compareRatios, multiplyRatios, ratio, addRatios, type Ratio } from "../ratio.ts";
import { isLower } from "../evaluate-test.ts";
import type { BallotMeasure, Comparison, Measure, Test } from "../rule.ts";
import { deltaOf, type Move } from "./move.ts";

/** Whether steps of a move can only help a test, only harm it, do nothing, or either. */
export type Direction = "up" | "down" | "flat" | "mixed";

export function directionOf(test: Test, move: Move, isPresenceRecorded: boolean): Direction {
  const inner = (one: Test) => directionOf(one, move, isPresenceRecorded);
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
      return ofComparison(test, move, isPresenceRecorded);
  }
}

function ofComparison(test: Comparison, move: Move, isPresenceRecorded: boolean): Direction {
  const { count, of } = test;
  const turned = (direction: Direction) => (isLower(test.bound) ? direction : opposite(direction));
  const change = changeOf(count, move, isPresenceRecorded);
  const baseChange = of === null ? ratio(0n) : changeOf(of, move, isPresenceRecorded);
  if (change !== null && baseChange !== null) {
    const slack = addRatios(change, multiplyRatios(test.figure, negative(baseChange)));
    const isRounded = test.rounding !== null && baseChange.numerator !== 0n;
    const isSteady = !isRounded || isSlower(baseChange, change, test.figure);
    if (signOf(slack) === 0 && signOf(change) === 0) return "flat";
    if (signOf(slack) >= 0 && signOf(change) >= 0 && isSteady) return turned("up");
    return signOf(slack) <= 0 && signOf(change) <= 0 && !isRounded ? turned("down") : "mixed";
  }
  const isBaseFlat = of === null || trendOf(of, move, isPresenceRecorded) === "flat";
  return isBaseFlat ? turned(trendOf(count, move, isPresenceRecorded)) : "mixed";
}

/** Whether a measure's value grows or falls with steps. */
export function trendOf(measure: Measure, move: Move, isPresenceRecorded: boolean): Direction {
  if (measure.type === "within") return trendOf(measure.measure, move, isPresenceRecorded);
  if (measure.type === "units") {
    return measure.that === null ? "flat" : directionOf(measure.that, move, isPresenceRecorded);
  }
  if (measure.type === "ballots") {
    const sign = signOf(changeOfBallots(measure, move, isPresenceRecorded));
    return sign === 0 ? "flat" : sign > 0 ? "up" : "down";
  }
  const part = changeOfBallots(measure.part, move, isPresenceRecorded);
  const base = changeOfBallots(measure.base, move, isPresenceRecorded);
  // A part of its base can't shrink in share when both grow by the same vote.
  const isPart = measure.part.plus.every((kind) => measure.base.plus.includes(kind));
  if (isPart && signOf(base) >= 0 && compareRatios(part, base) >= 0) return "up";
  return signOf(base) === 0 && signOf(part) < 0 ? "down" : "mixed";
}

function changeOf(measure: Measure, move: Move, isPresenceRecorded: boolean): Ratio | null {
  return measure.type === "ballots" ? changeOfBallots(measure, move, isPresenceRecorded) : null;
}

function changeOfBallots(measure: BallotMeasure, move: Move, isPresenceRecorded: boolean): Ratio {
  if (!move.by.includes(measure.by)) return ratio(0n);
  let change = 0n;
  for (const kind of measure.plus) change += deltaOf(move, kind, isPresenceRecorded);
  for (const kind of measure.less) change -= deltaOf(move, kind, isPresenceRecorded);
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

export function opposite(direction: Direction): Direction {
  if (direction === "up") return "down";
  return direction === "down" ? "up" : direction;
}

function negative({ numerator, denominator }: Ratio): Ratio {
  return { numerator: -numerator, denominator };
}

function signOf({ numerator }: Ratio): number {
  return numerator === 0n ? 0 : numerator > 0n ? 1 : -1;
}
