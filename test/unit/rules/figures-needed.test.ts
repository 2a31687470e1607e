import { describe, expect, it } from "vitest";
import { countedBy, namedRegions } from "../../../src/rules/counted-by.ts";
import { figuresNeeded } from "../../../src/rules/figures-needed.ts";
import { evaluateOutcome } from "../../../src/rules/outcome.ts";
import { inputOf, ruleOf, type PlainCounts } from "./rules.ts";

const of = ["yes", "no"];
const ofTheEligible = { count: "yes", more_than: "1/2", of: "eligible" };
const more = {
  tables: { seats: { north: 2, south: 1 } },
  groups: { coast: ["north", "south"], all: ["coast", "east"] },
};

function ruleWith(requirement: object) {
  return ruleOf({ ...more, requirements: [{ id: "r", ...requirement }] });
}

function needsOf(requirement: object) {
  const [needs, ...others] = figuresNeeded(ruleWith(requirement));
  if (needs === undefined || others.length > 0) throw new Error("there is one requirement");
  return {
    ...needs,
    tables: needs.tables.map(({ table, of: units }) => [table.name, units]),
  };
}

const none = {
  pointer: "/requirements/0",
  countedBy: ["ballots"],
  eligible: { whole: false, regions: false },
  everyRegion: false,
  regions: [],
  tables: [],
};
const whole = { eligible: { whole: true, regions: false } };
const ofRegions = { eligible: { whole: false, regions: true } };
const split = { ballots: "yes", of_each: of };

describe("the figures that a rule needs", () => {
  it.each<[string, object, object]>([
    ["none but the votes for a majority", { count: "yes", more_than: "1/2", of }, {}],
    ["the electorate for a share of it", ofTheEligible, whole],
    ["the electorate where it is counted", { count: "eligible", at_least: 1 }, whole],
    [
      "the electorate where it is taken away",
      { count: { ballots: "cast", less: "eligible" }, at_least: 1 },
      whole,
    ],
    ["the electorate in one of several tests", { any: ["for", ofTheEligible] }, whole],
    ["the electorate in all of several tests", { all: ["for", ofTheEligible] }, whole],
    ["the electorate in what must not be", { not: ofTheEligible }, whole],
    ["the electorate in a clause", { meets: "for", deemed_met_when: ofTheEligible }, whole],
    [
      "the electorate of a group",
      { within: "coast", ...ofTheEligible },
      { ...ofRegions, regions: ["north", "south"] },
    ],
    [
      "the electorate of what a group has",
      { count: { within: "coast", ballots: "eligible" }, at_least: 1 },
      { ...ofRegions, regions: ["north", "south"] },
    ],
    [
      "that of each region",
      { each: "regions", meets: ofTheEligible },
      { ...ofRegions, everyRegion: true },
    ],
    [
      "that of named regions",
      { each: ["north"], meets: ofTheEligible },
      { ...ofRegions, regions: ["north"] },
    ],
    [
      "that of counted regions",
      { count: { units: "regions", that: ofTheEligible }, at_least: 1 },
      { ...ofRegions, everyRegion: true },
    ],
    [
      "that of regions by which they weigh",
      { count: { units: "regions", weigh: "eligible", that: "for" }, at_least: 1 },
      { ...ofRegions, everyRegion: true },
    ],
    [
      "the regions of a group within a group",
      { each: "all", meets: "for" },
      { regions: ["north", "south", "east"] },
    ],
    [
      "every region where all are counted",
      { count: { units: "regions", that: "for" }, at_least: 1 },
      { everyRegion: true },
    ],
    [
      "a weight of each in a table",
      { count: { weigh: "seats", that: "for" }, at_least: 1 },
      { regions: ["north", "south"], tables: [["seats", ["north", "south"]]] },
    ],
    [
      "a weight of every region",
      { count: { units: "regions", weigh: "seats", that: "for" }, at_least: 1 },
      { everyRegion: true, tables: [["seats", "every region"]] },
    ],
    [
      "a weight of units in the base",
      {
        count: { units: ["north"], that: "for" },
        at_least: "1/2",
        of: { units: ["south"], weigh: "seats" },
      },
      { regions: ["north", "south"], tables: [["seats", ["south"]]] },
    ],
    [
      "no weight of members, who are known with their group",
      {
        each: "all",
        meets: { count: { units: "members", weigh: "seats", that: "for" }, at_least: 1 },
      },
      { regions: ["north", "south", "east"] },
    ],
    [
      "shares of a table",
      { count: { shares: "seats", ...split }, at_least: 1 },
      { regions: ["north", "south"], tables: [["seats", ["north", "south"]]] },
    ],
    [
      "shares of regions that are split by the electorate",
      {
        count: { shares: "seats", units: "regions", ballots: "yes", of_each: "eligible" },
        at_least: 1,
      },
      { ...ofRegions, everyRegion: true, tables: [["seats", "every region"]] },
    ],
    ["weights", { count: { weight: "yes" }, at_least: 1 }, { countedBy: ["weight"] }],
    [
      "weights and ballots",
      { count: { weight: "yes" }, at_least: "1/2", of: { ballots: "cast" } },
      { countedBy: ["weight", "ballots"] },
    ],
    [
      "weights in shares",
      { count: { shares: "seats", weight: "yes", of_each: of }, at_least: 1 },
      {
        countedBy: ["weight"],
        regions: ["north", "south"],
        tables: [["seats", ["north", "south"]]],
      },
    ],
    [
      "weights in a clause",
      { meets: "for", deemed_met_when: { count: { weight: "yes" }, at_least: 1 } },
      { countedBy: ["ballots", "weight"] },
    ],
    [
      "weights in a group",
      { count: { within: "coast", weight: "yes" }, at_least: 1 },
      { countedBy: ["weight"], regions: ["north", "south"] },
    ],
    [
      "weights in units that meet a test",
      { count: { units: ["north"], that: { count: { weight: "yes" }, at_least: 1 } }, at_least: 1 },
      { countedBy: ["weight"], regions: ["north"] },
    ],
    [
      "units alone, by nothing of their voters",
      { count: { units: ["north"] }, at_least: 1 },
      { countedBy: [], regions: ["north"] },
    ],
  ])("are %s", (_, requirement, needs) => {
    expect(needsOf(requirement)).toEqual({ ...none, ...needs });
  });

  it("are told of each requirement where it stands", () => {
    const rule = ruleOf({
      requirements: [
        { id: "a", meets: "for" },
        { id: "b", ...ofTheEligible },
      ],
    });
    expect(figuresNeeded(rule).map(({ pointer, eligible }) => [pointer, eligible.whole])).toEqual([
      ["/requirements/0", false],
      ["/requirements/1", true],
    ]);
  });
});

describe("the parts of a test", () => {
  const testOf = (requirement: object) => {
    const rule = ruleWith(requirement);
    const [found] = rule.requirements;
    if (found === undefined) throw new Error("there is one requirement");
    return { test: found.test, groups: rule.groups };
  };

  it("name regions wherever they stand in it, each once", () => {
    const { test, groups } = testOf({
      all: [
        {
          not: {
            each: ["north"],
            meets: { count: { units: ["east", "north"], that: "for" }, at_least: 1 },
          },
        },
        { within: "coast", count: { within: "coast", shares: "seats", ...split }, at_least: "1/2" },
      ],
    });
    expect(namedRegions(test, groups)).toEqual(["north", "east", "south"]);
  });

  it("count ballots or weight wherever they stand in it", () => {
    const weight = { count: { weight: "yes" }, at_least: 1 };
    const countings = (requirement: object) => countedBy(testOf(requirement).test);
    expect(countings({ each: ["north"], meets: { not: weight } })).toEqual(["weight"]);
    expect(countings({ within: "coast", any: ["for", weight] })).toEqual(["ballots", "weight"]);
  });
});

describe("figures that a rule asks for and nobody gave", () => {
  const faultsOf = (
    requirement: object,
    regions: Record<string, PlainCounts>,
    total?: PlainCounts,
  ) => {
    const outcome = evaluateOutcome(ruleWith(requirement), inputOf(regions, total && { total }));
    return "faults" in outcome ? outcome.faults : [];
  };
  const detail = "the rule counts by the eligible here: give them";

  it("are named with where they are missing", () => {
    expect(faultsOf(ofTheEligible, { north: { yes: 1 } })).toEqual([
      { pointer: "/total/eligible", detail },
    ]);
    expect(faultsOf({ within: ["north"], ...ofTheEligible }, { north: { yes: 1 } })).toEqual([
      { pointer: "/regions/north/eligible", detail },
    ]);
    // A region without a tally has no electorate either, but casts nothing.
    expect(faultsOf({ within: ["west"], ...ofTheEligible }, {}, { eligible: 9 })).toEqual([
      { pointer: "/regions/west/eligible", detail },
    ]);
    const less = { count: { ballots: "cast", less: "eligible" }, at_most: 0 };
    expect(faultsOf({ within: ["west"], ...less }, {})).toEqual([
      { pointer: "/regions/west/eligible", detail },
    ]);
    expect(faultsOf({ within: ["west"], count: "cast", at_least: 1 }, {})).toEqual([]);
    const weighed = {
      count: { units: ["north", "west"], weigh: "seats", that: "for" },
      at_least: 1,
    };
    expect(faultsOf(weighed, {})).toEqual([
      { pointer: "/regions/west", detail: "the table seats has no weight for this region" },
    ]);
  });

  it("are the sum of the regions where each has them, and of the total where that has them", () => {
    const actual = (regions: Record<string, PlainCounts>, total?: PlainCounts) => {
      const input = inputOf(regions, total && { total });
      const outcome = evaluateOutcome(ruleWith({ count: "eligible", at_least: 1 }), input);
      return "faults" in outcome ? null : outcome.requirements[0]?.figures?.actual.numerator;
    };
    expect(actual({ a: { eligible: 3 }, b: { eligible: 4 } })).toBe(7n);
    expect(actual({ a: { eligible: 3 }, b: { yes: 4 } })).toBeNull();
    expect(actual({ a: { eligible: 3 }, b: { eligible: 4 } }, {})).toBe(7n);
    expect(actual({ a: { eligible: 3 } }, { eligible: 9 })).toBe(9n);
    expect(actual({})).toBeNull();
  });
});

describe("those present", () => {
  const present = (regions: Record<string, PlainCounts>, total?: PlainCounts) => {
    const input = inputOf(regions, total && { total });
    const outcome = evaluateOutcome(ruleWith({ count: "present", at_least: 1 }), input);
    return "faults" in outcome ? null : outcome.requirements[0]?.figures?.actual.numerator;
  };

  it("are who cast a ballot where nobody recorded them, of whatever kind", () => {
    const cast = { yes: 1, no: 2, abstain: 4, blank: 8, invalid: 16 };
    expect(present({ a: cast })).toBe(31n);
    expect(present({}, cast)).toBe(31n);
  });

  it("are the recorded ones, and in other regions who cast a ballot", () => {
    expect(present({ a: { yes: 2, present: 9 }, b: { yes: 3 } })).toBe(12n);
    expect(present({ a: { yes: 2, present: 9 } }, { yes: 5 })).toBe(12n);
    expect(present({ a: { yes: 2, present: 9 } }, { yes: 5, present: 20 })).toBe(20n);
  });
});

describe("voters of the whole who are in no region", () => {
  it("count for the whole and for no region that has a name", () => {
    const input = inputOf({ a: { yes: 1, no: 2 } }, { total: { yes: 5, no: 2 } });
    const actual = (requirement: object) => {
      const outcome = evaluateOutcome(ruleWith({ ...requirement, at_least: 1 }), input);
      return "faults" in outcome ? null : outcome.requirements[0]?.figures?.actual.numerator;
    };
    expect(actual({ count: "yes" })).toBe(5n);
    expect(actual({ count: { units: "regions", that: "voting" } })).toBe(1n);
    expect(actual({ within: ["a"], count: "yes" })).toBe(1n);
  });
});
