import { describe, expect, it } from "vitest";
import { findOptions } from "../../../../src/rules/forecast/find-options.ts";
import { NotSearchableError, type Option } from "../../../../src/rules/forecast/search.ts";
import type { Step } from "../../../../src/rules/forecast/step.ts";
import { wholeScope } from "../../../../src/rules/scope.ts";
import { workUnits } from "../../../../src/rules/work-units.ts";
import { inputOf, ruleOf } from "../rules.ts";
import { bothCounts, firstTest, searchOf } from "./search-context.ts";

const tables = { weights: { a: 1, b: "1/2", c: 2 } };
const groups = { lower: ["a", "b"], upper: ["c"], houses: ["lower", "upper"] };
const back: Step = { changes: { yes: -1n, no: 1n }, by: bothCounts };

/** a is for it, b needs two more and c three. */
const regions = { a: { yes: 2, no: 1 }, b: { yes: 1, no: 2 }, c: { no: 2 } };
const room = { a: 9, b: 9, c: 9 };

function look(requirement: object, { headroom = room, step = undefined as Step | undefined } = {}) {
  const rule = ruleOf({ tables, groups, requirements: [{ id: "r", ...requirement }] });
  const search = searchOf({ rule, input: inputOf(regions), headroom, ...(step && { step }) });
  return { found: () => findOptions(firstTest(rule), wholeScope, search), search };
}

const options = (requirement: object, more = {}) => look(requirement, more).found();
const needs = (need: number, ...names: string[]) => ({ regions: names, need: BigInt(need) });
const anywhere = (need: number) => ({ regions: null, need: BigInt(need) });
const bounds = (...lowerBounds: Option["lowerBounds"]): Option => ({ lowerBounds, covers: [] });
const nothing = bounds();
const unit = (name: string, weight: number, need: number) => ({
  scope: expect.objectContaining({ name, regions: [name] }) as unknown,
  weight: BigInt(weight),
  options: [bounds(needs(need, name))],
});
const cover = (need: number, ...units: object[]) => [
  { lowerBounds: [], covers: [{ need: BigInt(need), units }] },
];

const within = (name: string, at_least: number) => ({ within: [name], count: "yes", at_least });
const units = { units: "regions", that: "for" };
const weighed = { weigh: "weights", that: "for" };

describe("the options of a test of sums", () => {
  it("are one: so many steps where it is looked at", () => {
    const majority = { count: "yes", more_than: "1/2", of: ["yes", "no"] };
    expect(options(majority)).toEqual([bounds(anywhere(3))]);
    expect(options(within("b", 4))).toEqual([bounds(needs(3, "b"))]);
    expect(options({ within: "lower", count: "yes", at_least: 4 })).toEqual([
      bounds(needs(1, "a", "b")),
    ]);
  });

  it("are no steps where it is met, and none where there is no room for them", () => {
    expect(options(within("a", 2))).toEqual([nothing]);
    expect(options(within("b", 4), { headroom: { b: 3 } })).toEqual([bounds(needs(3, "b"))]);
    expect(options(within("b", 4), { headroom: { b: 2 } })).toEqual([]);
    expect(options({ count: "no", at_most: 5 })).toEqual([nothing]);
    expect(options({ count: "no", at_most: 4 })).toEqual([]);
    expect(options({ count: "yes", at_most: 2 })).toEqual([]);
    expect(options({ count: "yes", at_most: 3 })).toEqual([nothing]);
  });

  it("of several of the same voters are one too, for all, any or none of them", () => {
    const tests = [
      { count: "yes", at_least: 5 },
      { count: "cast", at_least: 12 },
    ];
    expect(options({ all: tests })).toEqual([bounds(anywhere(4))]);
    expect(options({ any: tests })).toEqual([bounds(anywhere(2))]);
    expect(options({ not: { count: "yes", less_than: 5 } })).toEqual([bounds(anywhere(2))]);
  });

  it("are not to be had where steps may do either", () => {
    const mixed = {
      all: [
        { count: "yes", at_least: 5 },
        { count: "cast", at_most: 9 },
      ],
    };
    expect(() => options(mixed)).toThrow(NotSearchableError);
  });
});

describe("the options of several tests in different places", () => {
  it("are one of each together where all are to be met", () => {
    expect(options({ all: [within("b", 2), within("c", 2)] })).toEqual([
      bounds(needs(1, "b"), needs(2, "c")),
    ]);
    expect(options({ all: [within("a", 1), within("c", 2)] })).toEqual([bounds(needs(2, "c"))]);
    const anyOf = (name: string) => ({ any: [within(name, 3), within("a", 4)] });
    expect(options({ all: [anyOf("b"), anyOf("c")] })).toEqual([
      bounds(needs(2, "b"), needs(3, "c")),
      bounds(needs(2, "b"), needs(2, "a")),
      bounds(needs(2, "a"), needs(3, "c")),
      bounds(needs(2, "a"), needs(2, "a")),
    ]);
    expect(options({ all: [anyOf("b"), within("c", 1)] })).toEqual([
      bounds(needs(2, "b"), needs(1, "c")),
      bounds(needs(2, "a"), needs(1, "c")),
    ]);
  });

  it("are none where one of them can't be met", () => {
    const tests = [within("b", 2), within("c", 20)];
    expect(options({ all: tests })).toEqual([]);
    expect(options({ all: tests.toReversed() })).toEqual([]);
    expect(options({ any: tests })).toEqual([bounds(needs(1, "b"))]);
  });

  it("are those of either where any is to be met", () => {
    expect(options({ any: [within("b", 2), within("c", 2)] })).toEqual([
      bounds(needs(1, "b")),
      bounds(needs(2, "c")),
    ]);
  });

  it("are all of its units' where each is to meet a test", () => {
    expect(options({ each: "regions", meets: "for" })).toEqual([
      bounds(needs(2, "b"), needs(3, "c")),
    ]);
    expect(options({ each: "houses", meets: "for" })).toEqual([
      bounds(needs(1, "a", "b"), needs(3, "c")),
    ]);
  });

  it("are 64 at most", () => {
    const any = (many: number) => ({
      any: Array.from({ length: many }, (_, at) => within(at % 2 === 0 ? "b" : "c", at + 2)),
    });
    const plenty = { headroom: { a: 99, b: 99, c: 99 } };
    expect(options(any(64), plenty)).toHaveLength(64);
    expect(() => options(any(65), plenty)).toThrow(NotSearchableError);
    const eight = { all: [any(8), any(8)] };
    expect(options(eight, plenty)).toHaveLength(64);
    expect(() => options({ all: [any(8), any(9)] }, plenty)).toThrow(NotSearchableError);
  });

  it("of a test denied are those of its opposite, unless that is of ballots in places", () => {
    const against = {
      not: {
        any: [
          { within: ["a"], meets: "for" },
          { within: ["b"], meets: "for" },
        ],
      },
    };
    expect(options(against, { step: back })).toHaveLength(1);
    const comparesBoth = { not: { count: units, at_least: "1/9", of: "cast" } };
    expect(() => options(comparesBoth)).toThrow(NotSearchableError);
  });
});

describe("the options of a count of units", () => {
  it("are the units that may still come to meet their test, and the weight that is missing", () => {
    expect(options({ count: units, at_least: 2 })).toEqual(
      cover(1, unit("b", 1, 2), unit("c", 1, 3)),
    );
    expect(options({ count: units, more_than: 2 })).toEqual(
      cover(2, unit("b", 1, 2), unit("c", 1, 3)),
    );
    expect(options({ count: units, at_least: 1 })).toEqual([nothing]);
    expect(options({ count: units, at_least: 4 })).toEqual([]);
    expect(options({ count: units, at_least: 2 }, { headroom: { a: 9, b: 1, c: 9 } })).toEqual(
      cover(1, unit("c", 1, 3)),
    );
    expect(options({ count: units, at_least: 3 }, { headroom: { a: 9, b: 1, c: 9 } })).toEqual([]);
  });

  it("have weights as whole numbers, over the scale of their table", () => {
    const both = [unit("b", 1, 2), unit("c", 4, 3)];
    expect(options({ count: weighed, at_least: 2 })).toEqual(cover(2, ...both));
    expect(options({ count: weighed, at_least: "3/2" })).toEqual(cover(1, ...both));
    expect(options({ count: weighed, more_than: "3/2" })).toEqual(cover(2, ...both));
    // The next figure that halves can make.
    expect(options({ count: weighed, at_least: "5/3" })).toEqual(cover(2, ...both));
    expect(options({ count: weighed, at_least: "7/2" })).toEqual(cover(5, ...both));
  });

  it("ask for a share of a base that stays", () => {
    const of = { weigh: "weights" };
    const both = [unit("b", 1, 2), unit("c", 4, 3)];
    expect(options({ count: weighed, at_least: "3/7", of })).toEqual(cover(1, ...both));
    expect(options({ count: weighed, more_than: "3/7", of })).toEqual(cover(2, ...both));
    expect(options({ count: weighed, at_least: "2/7", of })).toEqual([nothing]);
    const ofVoters = { count: { units: "regions", that: { count: "blank", at_least: 1 } } };
    expect(() => options({ ...ofVoters, at_least: "1/2", of: "cast" })).toThrow(NotSearchableError);
    const moving = { units: "regions", that: { count: "cast", at_least: 9 } };
    expect(() => options({ count: units, at_least: "1/2", of: moving })).toThrow(
      NotSearchableError,
    );
  });

  it("ask for one at least, where a share of nothing would be reached by none", () => {
    const none = { units: "regions", that: { count: "blank", at_least: 1 } };
    const yes = { units: "regions", that: { count: "yes", at_least: 9 } };
    expect(options({ count: yes, at_least: "1/2", of: none })).toEqual(
      cover(1, unit("a", 1, 7), unit("b", 1, 8), unit("c", 1, 9)),
    );
  });

  it("of at most so many that meet it are those that must cease to", () => {
    const against = { units: "regions", that: "against" };
    const ofAgainst = (name: string, need: number) => ({
      scope: expect.objectContaining({ name }) as unknown,
      weight: 1n,
      options: [bounds(needs(need, name))],
    });
    expect(options({ count: against, at_most: 2 })).toEqual([nothing]);
    expect(options({ count: against, at_most: 1 })).toEqual(
      cover(1, ofAgainst("b", 1), ofAgainst("c", 2)),
    );
    expect(options({ count: against, less_than: 1 })).toEqual(
      cover(2, ofAgainst("b", 1), ofAgainst("c", 2)),
    );
    expect(options({ count: against, at_most: 1 }, { headroom: { a: 9, b: 1, c: 1 } })).toEqual(
      cover(1, ofAgainst("b", 1)),
    );
  });

  it("leave out units that weigh nothing", () => {
    const light = { weights: { a: 1, b: 0, c: 2 } };
    const rule = ruleOf({
      tables: light,
      requirements: [{ id: "r", count: { weigh: "weights", that: "for" }, at_least: 2 }],
    });
    const search = searchOf({ rule, input: inputOf(regions), headroom: room });
    expect(findOptions(firstTest(rule), wholeScope, search)).toEqual(cover(1, unit("c", 2, 3)));
  });

  it("are not to be had where steps harm their test, may do either, or it is of units too", () => {
    const harmed = { units: "regions", that: { count: "yes", at_most: 3 } };
    expect(() => options({ count: harmed, at_least: 2 })).toThrow(NotSearchableError);
    const either = {
      units: "regions",
      that: {
        all: [
          { count: "yes", at_least: 3 },
          { count: "cast", at_most: 9 },
        ],
      },
    };
    expect(() => options({ count: either, at_least: 2 })).toThrow(NotSearchableError);
    const nested = {
      units: "houses",
      that: { count: { units: "members", that: "for" }, at_least: 2 },
    };
    expect(() => options({ count: nested, at_least: 2 })).toThrow(NotSearchableError);
    const flat = { units: "regions", that: { count: "blank", at_least: 1 } };
    expect(options({ count: flat, at_least: 1 })).toEqual([]);
  });

  it("are not to be had of shares, nor where the threshold is rounded", () => {
    const shares = { shares: "weights", ballots: "yes", of_each: ["yes", "no"] };
    expect(() => options({ count: shares, at_least: 3 })).toThrow(NotSearchableError);
    const rounded = { count: units, at_least: "2/3", of: { units: "regions" }, rounded: "up" };
    expect(() => options(rounded)).toThrow(NotSearchableError);
  });

  it("within a part are those of its units, also as a share of that part's", () => {
    const there = { within: "lower", units: "regions", that: "for" };
    expect(options({ count: there, at_least: 2 })).toEqual(cover(1, unit("b", 1, 2)));
    const all = { within: "lower", units: "regions" };
    expect(options({ count: there, more_than: "1/2", of: all })).toEqual(cover(1, unit("b", 1, 2)));
    const elsewhere = { within: ["a", "c"], units: "regions" };
    expect(() => options({ count: there, more_than: "1/2", of: elsewhere })).toThrow(
      NotSearchableError,
    );
    const fewer = { within: ["a"], units: "regions" };
    expect(() => options({ count: there, more_than: "1/2", of: fewer })).toThrow(
      NotSearchableError,
    );
    expect(() => options({ count: there, more_than: "1/2", of: { units: "regions" } })).toThrow(
      NotSearchableError,
    );
  });
});

describe("the work of options", () => {
  it("is that of the sums, and of each option that is combined", () => {
    const { found, search } = look({ all: [within("b", 2), within("c", 2)] });
    found();
    const ofSum = workUnits.comparison + workUnits.name + 1 + workUnits.line + workUnits.lineStep;
    expect(search.work.spent).toBe(2 * ofSum + 2 * (1 + 1));
  });

  it("grows with the bounds that are copied", () => {
    const any = { any: [within("b", 3), within("c", 3)] };
    const alone = look(any);
    alone.found();
    const both = look({ all: [any, any] });
    both.found();
    // One for each list, and what is copied and added.
    const twice = 2 * alone.search.work.spent;
    expect(both.search.work.spent - twice).toBe(2 + 2 + 4 + 4);
  });
});
