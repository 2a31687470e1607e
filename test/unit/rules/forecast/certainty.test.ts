import { describe, expect, it } from "vitest";
import { certaintyOf } from "../../../../src/rules/forecast/certainty.ts";
import { wholeScope } from "../../../../src/rules/scope.ts";
import { inputOf, ruleOf, type PlainCounts } from "../rules.ts";
import { bothCounts, firstTest, searchOf } from "./search-context.ts";

type Regions = Record<string, PlainCounts>;
/** How many may still vote in each region. */
type Left = Record<string, number>;

const tables = { weights: { a: 1, b: "1/2", c: 2 } };
const groups = { lower: ["a", "b"], upper: ["c"], houses: ["lower", "upper"] };

function certainty(requirement: object, regions: Regions, left: Left) {
  const rule = ruleOf({ tables, groups, requirements: [{ id: "r", ...requirement }] });
  const search = searchOf({ rule, input: inputOf(regions), headroom: left });
  return certaintyOf(firstTest(rule), wholeScope, { ...search, by: bothCounts });
}

const majority = { count: "yes", more_than: "1/2", of: ["yes", "no"] };
/** Three who agree or three who don't, of whom nobody can change anything. */
const [agreed, refused] = [{ yes: 3 }, { no: 3 }];
/** One more vote settles it. */
const even = { yes: 1, no: 1 };

describe("what is certain of a comparison of ballots", () => {
  it.each([
    [{ yes: 4, no: 2 }, 1, "met"],
    [{ yes: 4, no: 2 }, 2, "open"],
    [{ yes: 2, no: 4 }, 2, "unmet"],
    [{ yes: 2, no: 4 }, 3, "open"],
    [{ yes: 4, no: 2 }, 0, "met"],
    [{ yes: 2, no: 2 }, 0, "unmet"],
  ] as const)("is, of a majority with %j and %i to come: %s", (counts, left, expected) => {
    expect(certainty(majority, { a: counts }, { a: left })).toBe(expected);
  });

  it.each(["yes", "no", "abstain", "blank", "invalid"])(
    "is open where those who are left may all be counted as %s",
    (kind) => {
      const rule = { count: kind, at_least: 3 };
      expect(certainty(rule, { a: { [kind]: 1 } }, { a: 2 })).toBe("open");
      expect(certainty(rule, { a: { [kind]: 1 } }, { a: 1 })).toBe("unmet");
      expect(certainty(rule, { a: { [kind]: 3 } }, { a: 2 })).toBe("met");
      const few = { count: kind, at_most: 2 };
      expect(certainty(few, { a: { [kind]: 1 } }, { a: 1 })).toBe("met");
      expect(certainty(few, { a: { [kind]: 1 } }, { a: 2 })).toBe("open");
    },
  );

  it("reckons with nobody who is left coming at all", () => {
    expect(certainty({ count: "cast", at_least: 3 }, { a: { yes: 2 } }, { a: 1 })).toBe("open");
  });

  it("looks at its scope alone, and at all regions in the whole", () => {
    const within = { within: ["a"], ...majority };
    expect(certainty(within, { a: agreed, b: even }, { a: 0, b: 9 })).toBe("met");
    expect(certainty(majority, { a: agreed, b: even }, { a: 0, b: 9 })).toBe("open");
    expect(certainty(within, { a: even, b: agreed }, { a: 1, b: 0 })).toBe("open");
  });

  it("is never known of a rounded threshold", () => {
    const rounded = { ...majority, rounded: "up" };
    expect(certainty(rounded, { a: agreed }, { a: 0 })).toBe("open");
  });
});

describe("what is certain of several tests", () => {
  const met = { within: ["a"], ...majority };
  const unmet = { within: ["b"], ...majority };
  const open = { within: ["c"], ...majority };
  const regions = { a: agreed, b: refused, c: even };
  const left = { a: 0, b: 0, c: 1 };
  const of = (requirement: object) => certainty(requirement, regions, left);

  it("is each by itself", () => {
    expect([met, unmet, open].map(of)).toEqual(["met", "unmet", "open"]);
    expect([{ not: met }, { not: unmet }, { not: open }].map(of)).toEqual(["unmet", "met", "open"]);
  });

  it("is for all of them the worst, and for any the best", () => {
    expect(of({ all: [met, met] })).toBe("met");
    expect(of({ all: [met, open] })).toBe("open");
    expect(of({ all: [open, unmet] })).toBe("unmet");
    expect(of({ any: [unmet, unmet] })).toBe("unmet");
    expect(of({ any: [unmet, open] })).toBe("open");
    expect(of({ any: [open, met] })).toBe("met");
  });

  it("is for each unit the worst", () => {
    const each = { each: "regions", meets: "for" };
    expect(certainty(each, { a: agreed, c: agreed }, { a: 0, c: 0 })).toBe("met");
    expect(certainty(each, { a: agreed, c: even }, left)).toBe("open");
    expect(certainty(each, regions, left)).toBe("unmet");
    const houses = { each: "houses", meets: "for" };
    expect(certainty(houses, { a: agreed, b: even, c: agreed }, { b: 1 })).toBe("met");
    expect(certainty(houses, { a: agreed, b: even, c: even }, { c: 1 })).toBe("open");
  });
});

describe("what is certain of a count of units", () => {
  const regions = { a: agreed, b: refused, c: even };
  const left = { a: 0, b: 0, c: 1 };
  const units = { units: "weights", that: "for" };
  const weight = { weigh: "weights", that: "for" };
  const all = { weigh: "weights" };
  const of = (requirement: object) => certainty(requirement, regions, left);

  it.each([
    [{ at_least: 1 }, "met"],
    [{ at_least: 2 }, "open"],
    [{ at_least: 3 }, "unmet"],
    [{ more_than: "1/2" }, "met"],
    [{ more_than: 1 }, "open"],
    [{ more_than: 2 }, "unmet"],
    [{ at_most: 2 }, "met"],
    [{ at_most: 1 }, "open"],
    [{ at_most: 0 }, "unmet"],
    [{ less_than: 3 }, "met"],
    [{ less_than: 2 }, "open"],
    [{ less_than: 1 }, "unmet"],
  ])("is by those that surely or perhaps meet their test: %j", (bound, expected) => {
    expect(of({ count: units, ...bound })).toBe(expected);
  });

  it.each([
    [{ at_least: 1 }, "met"],
    [{ at_least: "3/2" }, "open"],
    [{ at_least: 3 }, "open"],
    [{ at_least: "7/2" }, "unmet"],
    [{ at_most: 3 }, "met"],
    [{ at_most: "5/2" }, "open"],
    [{ at_most: "1/2" }, "unmet"],
  ])("is by their weights: %j", (bound, expected) => {
    expect(of({ count: weight, ...bound })).toBe(expected);
  });

  it.each([
    [{ at_least: "2/7" }, "met"],
    [{ at_least: "3/7" }, "open"],
    [{ at_least: "6/7" }, "open"],
    [{ more_than: "6/7" }, "unmet"],
    [{ at_most: "6/7" }, "met"],
    [{ at_most: "5/7" }, "open"],
    [{ less_than: "2/7" }, "unmet"],
  ])("is by their share of all: %j", (bound, expected) => {
    expect(of({ count: weight, ...bound, of: all })).toBe(expected);
  });

  it("is by a base that may move too, at its least and at its most", () => {
    const voting = { units: "weights", that: "voting" };
    const share = (bound: object, now: Regions, room: Left) =>
      certainty({ count: units, ...bound, of: voting }, now, room);
    // One is for, one against, and the third may vote either way or not at all.
    const now = { a: agreed, b: refused, c: {} };
    expect(share({ at_least: "1/3" }, now, { c: 1 })).toBe("met");
    expect(share({ at_least: "1/2" }, now, { c: 1 })).toBe("open");
    expect(share({ more_than: "2/3" }, now, { c: 1 })).toBe("open");
    expect(share({ at_least: "1/2" }, now, { c: 0 })).toBe("met");
    expect(share({ at_most: "1/2" }, now, { c: 0 })).toBe("met");
    expect(share({ at_most: "1/2" }, now, { c: 1 })).toBe("open");
    expect(share({ less_than: "1/3" }, now, { c: 1 })).toBe("unmet");
  });

  it("is not met where none is for it, though a share of nothing is reached", () => {
    const share = { count: units, at_least: "1/2", of: { units: "weights", that: "voting" } };
    expect(certainty(share, { a: {}, b: {}, c: {} }, { a: 0, b: 0, c: 0 })).not.toBe("met");
    const few = { count: units, at_most: "1/2", of: { units: "weights", that: "voting" } };
    expect(certainty(few, { a: {}, b: {}, c: {} }, { a: 0, b: 0, c: 0 })).toBe("met");
  });

  it("is taken within a part alone", () => {
    const inner = { within: "lower", count: { units: "regions", that: "for" } };
    expect(certainty({ ...inner, at_least: 1 }, regions, left)).toBe("met");
    expect(certainty({ ...inner, at_least: 2 }, regions, left)).toBe("unmet");
    const there = { within: "lower", units: "regions", that: "for" };
    expect(certainty({ count: there, at_least: 2 }, regions, left)).toBe("unmet");
    expect(certainty({ count: there, at_most: 1 }, regions, left)).toBe("met");
    const share = { count: there, at_least: "1/2", of: { within: "lower", units: "regions" } };
    expect(certainty(share, regions, left)).toBe("met");
  });

  it("is never known of shares, of a share of ballots, or where it is rounded", () => {
    const shares = { shares: "weights", ballots: "yes", of_each: ["yes", "no"] };
    expect(of({ count: shares, at_least: 1 })).toBe("open");
    expect(of({ count: units, at_least: "1/9", of: "cast" })).toBe("open");
    expect(of({ count: units, at_least: "1/3", of: { units: "weights" }, rounded: "up" })).toBe(
      "open",
    );
    expect(of({ count: "yes", at_least: "1/9", of: { units: "weights" } })).toBe("open");
  });
});
