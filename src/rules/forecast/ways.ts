import { placeScope, wholeScope, type Scope } from "../figures.ts";
import { isLower, isMet, neededFigure } from "../judge.ts";
import { scaleOf, unitScopes, valueOf, weighUnits, type EvaluationContext } from "../measure.ts";
import { multiplyRatios } from "../ratio.ts";
import type { Comparison, Measure, Test } from "../rule.ts";
import { directionOf, trendOf } from "./direction.ts";
import {
  singleRegionFigures,
  moveFigures,
  placeOfScope,
  roomIn,
  type Move,
  type Rooms,
} from "./move.ts";

/** At least `need` steps somewhere in these regions (null: anywhere). */
export type Demand = { readonly regions: readonly string[] | null; readonly need: bigint };

/** Units that can be won, of which enough are needed by weight; each is won in one of its ways. */
export type Cover = { readonly sites: readonly Site[]; readonly need: bigint };
export type Site = {
  readonly scope: Scope;
  readonly weight: bigint;
  readonly ways: readonly Way[];
};

/** One way to meet a test: all demands, and all covers. */
export type Way = { readonly demands: readonly Demand[]; readonly covers: readonly Cover[] };

/** Thrown where the exact search does not reach: the caller then gives a bound, and says so. */
export class BeyondSearch extends Error {
  override readonly name = "BeyondSearch";
}

export type Search = {
  context: EvaluationContext;
  move: Move;
  rooms: Rooms;
  isPresenceRecorded: boolean;
};

/** Ways are multiplied where every one of several tests has some: 64 hold three alternatives in each of three requirements, and more. */
const waysMax = 64;

/** Every way in which steps of the move meet a test; none where no number of steps does. */
export function waysTo(test: Test, scope: Scope, search: Search): Way[] {
  if (looksAtSumsOnly(test)) return wayBySum(test, scope, search);
  switch (test.type) {
    case "all":
      return combine(test.tests.map((one) => waysTo(one, scope, search)));
    case "any":
      return bounded(test.tests.flatMap((one) => waysTo(one, scope, search)));
    case "each":
      return combine(
        unitScopes(test.units, scope, search.context).map((unit) =>
          waysTo(test.test, unit, search),
        ),
      );
    case "within":
      return waysTo(test.test, placeScope(test.place), search);
    case "not": {
      const turned = negated(test.test);
      // What negation leaves as it is can't be searched in parts.
      if (turned.type === "not") throw new BeyondSearch();
      return waysTo(turned, scope, search);
    }
    default:
      return waysToCompare(test, scope, search);
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
function wayBySum(test: Test, scope: Scope, search: Search): Way[] {
  const { context, move } = search;
  const place = placeOfScope(context.figures, scope);
  const isMetAfter = (steps: bigint) => {
    const figures = singleRegionFigures(moveFigures(place, move, steps));
    return isMet(test, wholeScope, { ...context, figures });
  };
  const direction = directionOf(test, move, search.isPresenceRecorded);
  if (direction === "mixed") throw new BeyondSearch();
  if (isMetAfter(0n) && direction !== "down") return [{ demands: [], covers: [] }];
  if (direction === "down") return isMetAfter(0n) ? [{ demands: [], covers: [] }] : [];
  let [below, enough] = [0n, roomIn(search.rooms, scope)];
  if (direction === "flat" || !isMetAfter(enough)) return [];
  while (enough - below > 1n) {
    const middle = (below + enough) / 2n;
    if (isMetAfter(middle)) enough = middle;
    else below = middle;
  }
  return [{ demands: [{ regions: scope.regions, need: enough }], covers: [] }];
}

function waysToCompare(test: Comparison, scope: Scope, search: Search): Way[] {
  const { count, of } = test;
  if (count.type === "within" && (of === null || isWithinSame(count, of))) {
    const inner = of?.type === "within" ? of.measure : null;
    const within: Test = {
      type: "within",
      place: count.place,
      test: { ...test, count: count.measure, of: inner },
    };
    return waysTo(within, scope, search);
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
  return coverWay(units, won, isForIt ? least : all - scaled, search);
}

function coverWay(
  units: readonly { scope: Scope; weight: bigint }[],
  won: Test,
  need: bigint,
  search: Search,
): Way[] {
  const { context, move, isPresenceRecorded } = search;
  const direction = directionOf(won, move, isPresenceRecorded);
  if (direction === "mixed" || direction === "down") throw new BeyondSearch();
  let left = need;
  const sites: Site[] = [];
  for (const { scope, weight } of units) {
    if (isMet(won, scope, context)) left -= weight;
    else if (weight > 0n) {
      const ways = waysTo(won, scope, search);
      if (ways.some(({ covers }) => covers.length > 0)) throw new BeyondSearch();
      if (ways.length > 0) sites.push({ scope, weight, ways });
    }
  }
  if (left <= 0n) return [{ demands: [], covers: [] }];
  const reach = sites.reduce((sum, { weight }) => sum + weight, 0n);
  return reach < left ? [] : [{ demands: [], covers: [{ sites, need: left }] }];
}

function isWithinSame(a: Measure, b: Measure): boolean {
  return (
    a.type === "within" &&
    b.type === "within" &&
    a.place.regions.join("\n") === b.place.regions.join("\n")
  );
}

function combine(alternatives: readonly Way[][]): Way[] {
  return alternatives.reduce<Way[]>(
    (ways, next) =>
      bounded(
        ways.flatMap((a) =>
          next.map((b) => ({
            demands: [...a.demands, ...b.demands],
            covers: [...a.covers, ...b.covers],
          })),
        ),
      ),
    [{ demands: [], covers: [] }],
  );
}

function bounded(ways: Way[]): Way[] {
  if (ways.length > waysMax) throw new BeyondSearch();
  return ways;
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
