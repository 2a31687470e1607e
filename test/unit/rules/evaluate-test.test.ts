import { describe, expect, it } from "vitest";
import {
  bitsOfShares,
  evaluateComparison,
  isMet,
  valueOf,
} from "../../../src/rules/evaluate-test.ts";
import { RuleError } from "../../../src/rules/json-node.ts";
import type { Comparison, Test } from "../../../src/rules/rule.ts";
import { wholeScope } from "../../../src/rules/scope.ts";
import { contextOf } from "../../../src/rules/to-figures.ts";
import { Work } from "../../../src/rules/work.ts";
import { inputOf, ruleOf, type PlainCounts } from "./rules.ts";

const groups = { lower: ["a", "b"], upper: ["c"], houses: ["lower", "upper"] };
/** a is for it by 3 to 1, b against it by 1 to 2, and nobody voted in c. */
const regions = {
  a: { yes: 3, no: 1, eligible: 8 },
  b: { yes: 1, no: 2, eligible: 5 },
  c: { eligible: 3 },
};

function look(requirement: object, given: Record<string, PlainCounts> = regions) {
  const tables = { weights: { a: 1, b: "1/2", c: 2 } };
  const rule = ruleOf({ tables, groups, requirements: [{ id: "r", ...requirement }] });
  const context = contextOf(rule, inputOf(given), new Work(10_000));
  const [first] = rule.requirements;
  if (first === undefined) throw new Error("no requirement");
  const test: Test = first.test;
  return { test, context, comparison: test.type === "compare" ? test : null };
}

function met(requirement: object, given?: Record<string, PlainCounts>): boolean {
  const { test, context } = look(requirement, given);
  return isMet(test, wholeScope, context);
}

/** What is met by a comparison is met by the same with its figures too. */
function metBoth(requirement: object, given?: Record<string, PlainCounts>): boolean {
  const { context, comparison } = look(requirement, given);
  if (comparison === null) throw new Error("no comparison");
  const found = evaluateComparison(comparison, wholeScope, context).isMet;
  expect(met(requirement, given)).toBe(found);
  return found;
}

describe("whether a comparison of ballots is met", () => {
  it.each([
    ["at_least", [false, true, true]],
    ["more_than", [false, false, true]],
    ["at_most", [true, true, false]],
    ["less_than", [true, false, false]],
  ])("is by its bound, %s", (bound, expected) => {
    expect([5, 4, 3].map((figure) => metBoth({ count: "yes", [bound]: figure }))).toEqual(expected);
    const shares = ["5/7", "4/7", "3/7"];
    const of = ["yes", "no"];
    expect(shares.map((share) => metBoth({ count: "yes", [bound]: share, of }))).toEqual(expected);
  });

  it.each([
    ["up", [false, false, true]],
    ["nearest", [false, true, true]],
    ["down", [false, true, true]],
  ])("is by its threshold as it is rounded, %s", (rounded, expected) => {
    // A third of ten is between three and four.
    const third = { count: "yes", at_least: "1/3", of: "eligible", rounded };
    const found = [2, 3, 4].map((yes) => metBoth(third, { a: { yes, eligible: 10 } }));
    expect(found).toEqual(expected);
  });

  it("is not so of a count of nothing, unless it is to be small or is no share", () => {
    const none = { a: {}, b: {} };
    expect(metBoth({ count: "yes", at_least: "1/2", of: "no" }, none)).toBe(false);
    expect(metBoth({ count: "yes", at_most: "1/2", of: "no" }, none)).toBe(true);
    const less = { ballots: "yes", less: "no" };
    expect(metBoth({ count: less, at_least: "1/2", of: less }, { a: { no: 3 } })).toBe(false);
    expect(metBoth({ count: "yes", less_than: 1 }, none)).toBe(true);
  });
});

describe("whether a comparison of units is met", () => {
  const units = { units: "regions", that: "for" };
  const weighed = { weigh: "weights", that: "for" };
  const all = { weigh: "weights" };

  it("is by their number, their weights or their electorates", () => {
    expect([1, 2].map((figure) => metBoth({ count: units, at_least: figure }))).toEqual([
      true,
      false,
    ]);
    expect(metBoth({ count: weighed, at_least: 1 })).toBe(true);
    expect(metBoth({ count: weighed, more_than: 1 })).toBe(false);
    const electorates = { units: "regions", weigh: "eligible", that: "for" };
    expect([8, 9].map((at_least) => metBoth({ count: electorates, at_least }))).toEqual([
      true,
      false,
    ]);
    const voting = { units: "regions", weigh: "eligible", that: "voting" };
    expect([13, 14].map((at_least) => metBoth({ count: voting, at_least }))).toEqual([true, false]);
  });

  it("is by their share of all, also of listed ones and of electorates", () => {
    expect(metBoth({ count: weighed, at_least: "2/7", of: all })).toBe(true);
    expect(metBoth({ count: weighed, more_than: "2/7", of: all })).toBe(false);
    const listed = ["a", "b"];
    const half = { count: { units: listed, that: "for" }, of: { units: listed } };
    expect(metBoth({ ...half, at_least: "1/2" })).toBe(true);
    expect(metBoth({ ...half, more_than: "1/2" })).toBe(false);
    const voters = { units: listed, weigh: "eligible" };
    const share = { count: { ...voters, that: "for" }, of: voters };
    expect(metBoth({ ...share, at_least: "8/13" })).toBe(true);
    expect(metBoth({ ...share, more_than: "8/13" })).toBe(false);
  });

  it.each([
    ["up", false],
    ["nearest", true],
    ["down", true],
  ])("is by a threshold that is rounded, %s", (rounded, expected) => {
    // A third of four units is between one and two.
    const four = { ...regions, d: { no: 1, eligible: 1 } };
    const share = { count: units, at_least: "1/3", of: { units: "regions" }, rounded };
    expect(metBoth(share, four)).toBe(expected);
    // Three sevenths of three and a half are one and a half.
    const weights = { count: weighed, at_least: "3/7", of: all, rounded };
    expect(metBoth(weights)).toBe(rounded === "down");
  });

  it("is not so of none, though a share of none would be reached", () => {
    const of = { units: "regions", that: "voting" };
    expect(metBoth({ count: units, at_least: "1/2", of }, { a: {}, b: {} })).toBe(false);
    expect(metBoth({ count: units, at_most: "1/2", of }, { a: {}, b: {} })).toBe(true);
    const against = { units: "regions", that: "against" };
    expect(metBoth({ count: against, less_than: 1 }, { a: {}, b: {} })).toBe(true);
  });

  it("is of a figure beside ballots, within a part, and by shares", () => {
    expect(metBoth({ count: "yes", at_least: 1, of: all })).toBe(true);
    expect(metBoth({ count: "yes", more_than: "8/7", of: all })).toBe(false);
    const there = { within: "lower", units: "regions", that: "for" };
    expect(
      metBoth({ count: there, at_least: "1/2", of: { within: "lower", units: "regions" } }),
    ).toBe(true);
    const shares = { shares: "weights", ballots: "yes", of_each: ["yes", "no"] };
    // Three quarters of 1, a third of one half, and nothing of 2.
    expect(metBoth({ count: shares, at_least: "11/12" })).toBe(true);
    expect(metBoth({ count: shares, more_than: "11/12" })).toBe(false);
    // With the share of c, 2 of 3 1/2, given to the others.
    const sharedOut = { ...shares, when_empty: "shared_out" };
    expect(metBoth({ count: sharedOut, at_least: "77/36" })).toBe(true);
    expect(metBoth({ count: sharedOut, more_than: "77/36" })).toBe(false);
    expect(metBoth({ count: sharedOut, at_most: 1 }, { a: {}, b: {}, c: {} })).toBe(true);
  });
});

describe("whether several tests are met", () => {
  const [yes, no] = [
    { count: "yes", at_least: 4 },
    { count: "yes", at_least: 5 },
  ];

  it("is so where all, any or none are", () => {
    expect(met({ all: [yes, { count: "no", at_least: 3 }] })).toBe(true);
    expect(met({ all: [yes, no] })).toBe(false);
    expect(met({ any: [no, yes] })).toBe(true);
    expect(met({ any: [no, { count: "no", at_least: 4 }] })).toBe(false);
    expect([met({ not: no }), met({ not: yes })]).toEqual([true, false]);
  });

  it("is so where each unit meets its test, or a part does", () => {
    const each = (meets: unknown) => met({ each: "regions", meets });
    expect([each("for"), each("not_against"), each({ not: "against" })]).toEqual([
      false,
      false,
      false,
    ]);
    expect(each({ any: ["for", "against", { count: "cast", less_than: 1 }] })).toBe(true);
    expect(met({ each: "houses", meets: "not_against" })).toBe(true);
    expect(met({ within: "lower", meets: "for" })).toBe(true);
    expect(met({ within: ["b"], meets: "for" })).toBe(false);
  });

  it("is asked no further than it takes, unless all parts are to be looked at", () => {
    const lacking = { a: { yes: 1 }, b: {} };
    const share = { count: "yes", at_least: "1/2", of: "eligible" };
    const tests = { all: [{ count: "no", at_least: 9 }, share] };
    expect(met(tests, lacking)).toBe(false);
    expect(met({ any: [{ count: "yes", at_least: 1 }, share] }, lacking)).toBe(true);
    const { test, context } = look(tests, lacking);
    const exhaustive = { ...context, isExhaustive: true };
    expect(() => isMet(test, wholeScope, exhaustive)).toThrow(RuleError);
    const shown = look({ all: [no, yes] });
    expect(isMet(shown.test, wholeScope, { ...shown.context, isExhaustive: true })).toBe(false);
  });
});

describe("the value of a measure", () => {
  const countOf = (requirement: object): [Comparison["count"], ReturnType<typeof look>] => {
    const found = look(requirement);
    if (found.comparison === null) throw new Error("no comparison");
    return [found.comparison.count, found];
  };

  it("is in lowest terms", () => {
    const [weights, found] = countOf({ count: { weigh: "weights" }, at_least: 1 });
    expect(valueOf(weights, wholeScope, found.context)).toEqual({ numerator: 7n, denominator: 2n });
  });

  it("of shares is as long as the figures of all units, within a part too, and of others not", () => {
    const shares = { shares: "weights", ballots: "yes", of_each: ["yes", "no"] };
    const [all, found] = countOf({ count: shares, at_least: 1 });
    const { figureBits } = found.context;
    expect(bitsOfShares(all, wholeScope, found.context)).toBe(3 * figureBits);
    const [there, part] = countOf({
      count: { within: "lower", ...shares, units: "regions" },
      at_least: 1,
    });
    expect(bitsOfShares(there, wholeScope, part.context)).toBe(2 * figureBits);
    const [units, other] = countOf({ count: { units: "regions", that: "for" }, at_least: 1 });
    expect(bitsOfShares(units, wholeScope, other.context)).toBe(0);
  });
});
