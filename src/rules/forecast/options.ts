import { scopeOfGroup, wholeScope, type Scope } from "../figures.ts";
import { isLower, isMet, neededFigure } from "../evaluate-test.ts";
import { scaleOf, unitScopes, valueOf, weighUnits, type EvaluationContext } from "../measure.ts";
import { multiplyRatios } from "../ratio.ts";
import type { Comparison, Measure, Test } from "../rule.ts";
import { directionOf, trendOf } from "./direction.ts";
import {
  singleRegionFigures,
  moveFigures,
  figuresOfScope,
  headroomIn,
  type Move,
  type Headroom,
} from "./move.ts";

/** At least `need` steps somewhere in these regions (null: anywhere). */
export type LowerBound = { readonly regions: readonly string[] | null; readonly need: bigint };

/** Units that can be won, of which enough are needed by weight. */
export type WeightedCover = { readonly units: readonly Unit[]; readonly need: bigint };
/** A unit of a rule that does not meet its test yet, and the options to make it. */
export type Unit = {
  readonly scope: Scope;
  readonly weight: bigint;
  readonly options: readonly Option[];
};

/** One way to meet a test: all of its lower bounds, and all of its covers. */
export type Option = {
  readonly lowerBounds: readonly LowerBound[];
  readonly covers: readonly WeightedCover[];
};

/** Thrown where the exact search does not reach: the caller then gives a bound, and says so. */
export class BeyondSearch extends Error {
  override readonly name = "BeyondSearch";
}

export type Search = {
  context: EvaluationContext;
  move: Move;
  headroom: Headroom;
  isPresenceRecorded: boolean;
};

/** Options multiply where several tests must all be met: three in each of three requirements are 27. */
const optionsMax = 64;

/** Every way in which steps meet a test; none where no number of steps does. */
export function findOptions(test: Test, scope: Scope, search: Search): Option[] {
  if (looksAtSumsOnly(test)) return optionBySum(test, scope, search);
  switch (test.type) {
    case "all":
      return combine(test.tests.map((one) => findOptions(one, scope, search)));
    case "any":
      return bounded(test.tests.flatMap((one) => findOptions(one, scope, search)));
    case "each":
      return combine(
        unitScopes(test.units, scope, search.context).map((unit) =>
          findOptions(test.test, unit, search),
        ),
      );
    case "within":
      return findOptions(test.test, scopeOfGroup(test.regionGroup), search);
    case "not": {
      const turned = negated(test.test);
      // What negation leaves as it is can't be searched in parts.
      if (turned.type === "not") throw new BeyondSearch();
      return findOptions(turned, scope, search);
    }
    default:
      return comparisonOptions(test, scope, search);
  }
}

/** Nothing in it looks into parts of the scope, so only the number of steps in the scope matters, not where they are. */
function looksAtSumsOnly(test: Test): boolean {
  if (test.type === "all" || test.type === "any") return test.tests.every(looksAtSumsOnly);
  if (test.type === "not") return looksAtSumsOnly(test.test);
  if (test.type !== "compare") return false;
  return test.count.type === "ballots" && (test.of === null || test.of.type === "ballots");
}

/** The smallest number of steps by halving, since more steps never harm. */
function optionBySum(test: Test, scope: Scope, search: Search): Option[] {
  const { context, move } = search;
  const here = figuresOfScope(context.figures, scope);
  const isMetAfter = (steps: bigint) => {
    const figures = singleRegionFigures(moveFigures(here, move, steps));
    return isMet(test, wholeScope, { ...context, figures });
  };
  const direction = directionOf(test, move, search.isPresenceRecorded);
  if (direction === "mixed") throw new BeyondSearch();
  if (isMetAfter(0n) && direction !== "down") return [{ lowerBounds: [], covers: [] }];
  if (direction === "down") return isMetAfter(0n) ? [{ lowerBounds: [], covers: [] }] : [];
  let [below, enough] = [0n, headroomIn(search.headroom, scope)];
  if (direction === "flat" || !isMetAfter(enough)) return [];
  while (enough - below > 1n) {
    const middle = (below + enough) / 2n;
    if (isMetAfter(middle)) enough = middle;
    else below = middle;
  }
  return [{ lowerBounds: [{ regions: scope.regions, need: enough }], covers: [] }];
}

function comparisonOptions(test: Comparison, scope: Scope, search: Search): Option[] {
  const { count, of } = test;
  if (count.type === "within" && (of === null || isWithinSame(count, of))) {
    const inner = of?.type === "within" ? of.measure : null;
    const within: Test = {
      type: "within",
      regionGroup: count.regionGroup,
      test: { ...test, count: count.measure, of: inner },
    };
    return findOptions(within, scope, search);
  }
  const isBaseFlat =
    of === null ||
    (of.type !== "ballots" && trendOf(of, search.move, search.isPresenceRecorded) === "flat");
  if (count.type !== "units" || !isBaseFlat || test.rounding !== null) throw new BeyondSearch();
  const base = of === null ? null : valueOf(of, scope, search.context);
  const threshold = base === null ? test.figure : multiplyRatios(test.figure, base);
  const figure = neededFigure(test, threshold);
  if (figure === null) throw new BeyondSearch();
  const scaled = figure.numerator * (scaleOf(count) / figure.denominator);
  const units = weighUnits(count, scope, search.context);
  const all = units.reduce((sum, unit) => sum + unit.weight, 0n);
  const that: Test = count.that ?? { type: "all", tests: [] };
  // At most so many that meet it are at least so many that do not.
  const isForIt = isLower(test.bound);
  const won = isForIt ? that : negated(that);
  const least = isForIt && base !== null && scaled < 1n ? 1n : scaled;
  return coverOption(units, won, isForIt ? least : all - scaled, search);
}

function coverOption(
  weighted: readonly { scope: Scope; weight: bigint }[],
  won: Test,
  need: bigint,
  search: Search,
): Option[] {
  const { context, move, isPresenceRecorded } = search;
  const direction = directionOf(won, move, isPresenceRecorded);
  if (direction === "mixed" || direction === "down") throw new BeyondSearch();
  let left = need;
  const units: Unit[] = [];
  for (const { scope, weight } of weighted) {
    if (isMet(won, scope, context)) left -= weight;
    else if (weight > 0n) {
      const options = findOptions(won, scope, search);
      if (options.some(({ covers }) => covers.length > 0)) throw new BeyondSearch();
      if (options.length > 0) units.push({ scope, weight, options });
    }
  }
  if (left <= 0n) return [{ lowerBounds: [], covers: [] }];
  const reach = units.reduce((sum, { weight }) => sum + weight, 0n);
  return reach < left ? [] : [{ lowerBounds: [], covers: [{ units, need: left }] }];
}

function isWithinSame(a: Measure, b: Measure): boolean {
  return (
    a.type === "within" &&
    b.type === "within" &&
    a.regionGroup.regions.join("\n") === b.regionGroup.regions.join("\n")
  );
}

function combine(alternatives: readonly Option[][]): Option[] {
  return alternatives.reduce<Option[]>(
    (options, next) =>
      bounded(
        options.flatMap((a) =>
          next.map((b) => ({
            lowerBounds: [...a.lowerBounds, ...b.lowerBounds],
            covers: [...a.covers, ...b.covers],
          })),
        ),
      ),
    [{ lowerBounds: [], covers: [] }],
  );
}

function bounded(options: Option[]): Option[] {
  if (options.length > optionsMax) throw new BeyondSearch();
  return options;
}

const negatedBounds = {
  at_least: "less_than",
  more_than: "at_most",
  at_most: "more_than",
  less_than: "at_least",
} as const;

/** The test that is met exactly when this one is not. */
export function negated(test: Test): Test {
  switch (test.type) {
    case "all":
      return { type: "any", tests: test.tests.map(negated) };
    case "any":
      return { type: "all", tests: test.tests.map(negated) };
    case "not":
      return test.test;
    case "within":
      return { ...test, test: negated(test.test) };
    case "each": {
      const { units, label } = test;
      const that = negated(test.test);
      const count: Measure = { type: "units", units, that, weigh: "one", label };
      const figure = { numerator: 1n, denominator: 1n };
      return { type: "compare", count, bound: "at_least", figure, of: null, rounding: null };
    }
    default:
      // A comparison of voters has a second way to fail, a count of nothing, and so stays as it is.
      return test.count.type === "units" && (test.of === null || test.of.type === "units")
        ? { ...test, bound: negatedBounds[test.bound] }
        : { type: "not", test };
  }
}
