import { isMinimum, isWithinBound, roundFraction } from "../comparison.ts";
import { countIn, figuresOfScope, type FiguresContext } from "../figures.ts";
import type { Comparison, Measure, Test } from "../rule.ts";
import type { Scope } from "../scope.ts";
import { workUnits } from "../work-units.ts";
import { changeOfBallots } from "./direction.ts";
import type { Step } from "./step.ts";

/** What a comparison of ballots counts now, and how much each step changes it. */
type Line = {
  readonly count: bigint;
  readonly countChange: bigint;
  readonly base: bigint;
  readonly baseChange: bigint;
};

interface LineContext extends FiguresContext {
  readonly step: Step;
}

/** The figures of a comparison of ballots in a scope, as each of these steps would change them. */
export function linesOf(
  test: Comparison,
  steps: readonly Step[],
  { scope, context }: { scope: Scope; context: FiguresContext },
): Line[] {
  context.work.spend(workUnits.line + steps.length * workUnits.lineStep);
  const figures = figuresOfScope(scope, context);
  const now = (measure: Measure | null) =>
    measure?.type === "ballots" ? countIn(figures[measure.by], measure, null) : 1n;
  const change = (measure: Measure | null, step: Step) => {
    if (measure?.type !== "ballots") return 0n;
    const isPresenceRecorded = figures[measure.by].present !== null;
    return changeOfBallots(measure, { step, isPresenceRecorded });
  };
  const [count, base] = [now(test.count), now(test.of)];
  return steps.map((step) => ({
    count,
    countChange: change(test.count, step),
    base,
    baseChange: change(test.of, step),
  }));
}

/** Whether a comparison is met after so many steps. */
export function isMetAt(test: Comparison, line: Line, steps: bigint): boolean {
  const { of, figure, bound, rounding } = test;
  const count = line.count + line.countChange * steps;
  if (of !== null && isMinimum(bound) && count <= 0n) return false;
  const over = figure.numerator * (line.base + line.baseChange * steps);
  const left = rounding === null ? count * figure.denominator : count;
  const right = rounding === null ? over : roundFraction(over, figure.denominator, rounding);
  return isWithinBound(left < right ? -1 : left > right ? 1 : 0, bound);
}

interface StepsWanted {
  /** Whether it is to be met, or not to be met. */
  isWanted: boolean;
  /** More steps than there can be. */
  most: bigint;
  scope: Scope;
  context: LineContext;
}

/**
 * The fewest steps after which a test of ballots alone is met (or is not), where each further step
 * brings every part of it closer or leaves it as it is; null where no number up to `most` does.
 */
export function fewestSteps(test: Test, wanted: StepsWanted): bigint | null {
  wanted.context.work.spend(1);
  switch (test.type) {
    case "compare":
      return fewestOfComparison(test, wanted);
    case "not":
      return fewestSteps(test.test, { ...wanted, isWanted: !wanted.isWanted });
    case "all":
    case "any": {
      const found = test.tests.map((one) => fewestSteps(one, wanted));
      return (test.type === "all") === wanted.isWanted ? largest(found) : smallest(found);
    }
    default:
      return null;
  }
}

/** All of them are needed: null where one can't be had. */
function largest(found: readonly (bigint | null)[]): bigint | null {
  let most: bigint | null = 0n;
  for (const one of found) most = one === null || most === null ? null : one > most ? one : most;
  return most;
}

/** One of them will do. */
function smallest(found: readonly (bigint | null)[]): bigint | null {
  let least: bigint | null = null;
  for (const one of found) if (one !== null && (least === null || one < least)) least = one;
  return least;
}

/** Steps move the difference from its threshold evenly, but where the threshold is rounded. */
function fewestOfComparison(
  test: Comparison,
  { isWanted, most, scope, context }: StepsWanted,
): bigint | null {
  const [line] = linesOf(test, [context.step], { scope, context });
  if (line === undefined) return null;
  const isReached = (steps: bigint) => isMetAt(test, line, steps) === isWanted;
  if (isReached(0n)) return 0n;
  if (!isReached(most)) return null;
  const { figure } = test;
  const slack = line.count * figure.denominator - figure.numerator * line.base;
  const slope = line.countChange * figure.denominator - figure.numerator * line.baseChange;
  // Rounding moves the threshold by less than one vote; a count of nothing needs one vote first.
  const off = test.rounding === null ? 0n : figure.denominator;
  const pace = slope === 0n ? 1n : magnitude(slope);
  const [late, early] = [
    (magnitude(slack) + off) / pace + 2n,
    (magnitude(slack) - off) / pace - 2n,
  ];
  let [below, enough] = [0n, most];
  // Unrounded it is known but for one step, as the bound is strict or not.
  const near = magnitude(slack) / pace;
  const guesses = test.rounding === null ? [near, near + 1n, near - 1n] : [];
  for (const guess of [...guesses, late, early, magnitude(line.count) + 1n]) {
    if (enough - below <= 1n) break;
    if (guess <= below || guess >= enough) continue;
    if (isReached(guess)) enough = guess;
    else below = guess;
  }
  while (enough - below > 1n) {
    context.work.spend(workUnits.line);
    const middle = (below + enough) / 2n;
    if (isReached(middle)) enough = middle;
    else below = middle;
  }
  return enough;
}

function magnitude(figure: bigint): bigint {
  return figure < 0n ? -figure : figure;
}
