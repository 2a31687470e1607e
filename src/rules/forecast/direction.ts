import type { Ratio } from "../ratio.ts";
import { isMinimum } from "../comparison.ts";
import type { BallotMeasure, Comparison, Measure, Test } from "../rule.ts";
import type { SearchContext } from "./search.ts";
import { changeOfKind, type Direction } from "./step.ts";
import { workUnits } from "../work-units.ts";

/** A step, with the directions that were found for it already. */
export interface StepContext extends Pick<
  SearchContext,
  "step" | "isPresenceRecorded" | "directions" | "work"
> {}

/** How steps move a test towards being met; for the same step it is found once. */
export function directionOf(test: Test, search: StepContext): Direction {
  const known = search.directions.get(test);
  if (known !== undefined) return known;
  search.work.spend(workUnits.comparison);
  const direction = findDirection(test, search);
  search.directions.set(test, direction);
  return direction;
}

function findDirection(test: Test, search: StepContext): Direction {
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
  const baseChange = of === null ? 0n : changeOf(of, search);
  if (change !== null && baseChange !== null) {
    const slack = change * test.figure.denominator - test.figure.numerator * baseChange;
    const isRounded = test.rounding !== null && baseChange !== 0n;
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
  if (isPart && base >= 0n && part >= base) return "up";
  return signOf(base) === 0 && signOf(part) < 0 ? "down" : "mixed";
}

function changeOf(measure: Measure, search: StepContext): bigint | null {
  return measure.type === "ballots" ? changeOfBallots(measure, search) : null;
}

/** How much one step changes what a measure counts. */
export function changeOfBallots(
  measure: BallotMeasure,
  { step, isPresenceRecorded }: Pick<StepContext, "step" | "isPresenceRecorded">,
): bigint {
  if (!step.by.includes(measure.by)) return 0n;
  let change = 0n;
  for (const kind of measure.plus) change += changeOfKind(step, kind, isPresenceRecorded);
  for (const kind of measure.less) change -= changeOfKind(step, kind, isPresenceRecorded);
  return change;
}

/** A rounded threshold that moves at most as fast as the count can't overtake it. */
function isSlower(base: bigint, count: bigint, { numerator, denominator }: Ratio): boolean {
  return base >= 0n && count >= base && numerator <= denominator;
}

function together(a: Direction, b: Direction): Direction {
  if (a === b || b === "flat") return a;
  return a === "flat" ? b : "mixed";
}

function opposite(direction: Direction): Direction {
  if (direction === "up") return "down";
  return direction === "down" ? "up" : direction;
}

function signOf(figure: bigint): number {
  return figure === 0n ? 0 : figure > 0n ? 1 : -1;
}
