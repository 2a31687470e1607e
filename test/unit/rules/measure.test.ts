import { describe, expect, it } from "vitest";
import { comparesBoth, comparisonsIn, ruleMeasure } from "../../../src/rules/measure.ts";
import { findRuleWarnings } from "../../../src/rules/rule-warnings.ts";
import { presets } from "../../../src/rules/presets/presets.ts";
import { presetRule, ruleOf } from "./rules.ts";

const heads = { count: { ballots: "yes" }, more_than: "1/2", of: { ballots: ["yes", "no"] } };
const weights = { count: { weight: "yes" }, more_than: "1/2", of: { weight: ["yes", "no"] } };
const quorum = { id: "quorum", quorum: true, count: "present", more_than: "1/2", of: "eligible" };
const groups = { north: ["a", "b"], south: ["c"], houses: ["north", "south"] };

const rule = (...requirements: object[]) =>
  ruleOf({
    groups,
    requirements: requirements.map((one, index) => ({ id: `r${index}`, ...one })),
  });

describe("the measure of a rule", () => {
  it.each([
    ["heads", [heads], { by: "ballots", units: null }],
    ["weights", [weights], { by: "weight", units: null }],
    ["heads beside a quorum by weight", [{ ...weights, id: "q", quorum: true }, heads], "ballots"],
    ["weights beside a quorum by heads", [quorum, weights], "weight"],
    ["a quorum alone", [quorum], "ballots"],
    ["both", [heads, { ...weights, count: { weight: "no" } }], "both"],
    ["a clause of the other", [{ ...heads, deemed_met_when: weights }], "both"],
  ])("is %s", (_, requirements, measure) => {
    const expected = typeof measure === "string" ? { by: measure, units: null } : measure;
    expect(ruleMeasure(rule(...requirements))).toEqual(expected);
  });

  it.each([
    ["regions that are counted", { count: { units: "regions", that: "for" }, at_least: 4 }],
    ["each region", { each: "regions", meets: "for" }],
    ["units by name", { count: { units: ["a", "c"], that: "against" }, at_most: 0 }],
    ["a part", { within: "a", count: "yes", at_least: "2/3", of: "cast" }],
    ["a measure of a part", { count: { within: "a", ballots: "yes" }, at_least: 2 }],
    ["units deep within", { any: [heads, { not: { each: "regions", meets: "for" } }] }],
  ])("has regions as units in %s", (_, requirement) => {
    expect(ruleMeasure(rule(requirement))).toEqual({ by: "ballots", units: "regions" });
  });

  it("has groups as units where houses are asked", () => {
    const houses = { each: "houses", meets: weights };
    expect(ruleMeasure(rule(houses))).toEqual({ by: "weight", units: "groups" });
  });

  it("is heads of the whole in every preset, but in these", () => {
    const others = presets.flatMap(({ name }) => {
      const { by, units } = ruleMeasure(presetRule(name));
      return by === "ballots" && units === null ? [] : [`${name}: ${by}, ${units}`];
    });
    expect(others).toEqual([
      "swiss-double-majority: ballots, regions",
      "eu-qualified-majority: ballots, regions",
      "australian-double-majority: ballots, regions",
      "iucn-two-houses: weight, regions",
      "un-security-council: ballots, regions",
      "rhine-commission: ballots, regions",
      "lake-constance-commission: ballots, regions",
      "fsc-general-assembly: weight, groups",
    ]);
  });
});

describe("what a rule is warned of", () => {
  const codesOf = (hasWeights: boolean | null, ...requirements: object[]) =>
    findRuleWarnings(rule(...requirements), hasWeights).map(({ code, pointer }) => [code, pointer]);

  it("is that it counts heads while ballots carry weights, but for a quorum", () => {
    const found = [["rule.heads_of_weighted_ballots", "/requirements/1"]];
    expect(codesOf(true, quorum, heads)).toEqual(found);
    expect(codesOf(true, quorum, weights)).toEqual([]);
    expect(codesOf(false, quorum, heads)).toEqual([]);
    expect(codesOf(null, quorum, heads)).toEqual([]);
  });

  it("is that it counts weights while every ballot weighs the same", () => {
    expect(codesOf(false, weights)).toEqual([["rule.weights_of_equal_ballots", "/requirements/0"]]);
    expect(codesOf(true, weights)).toEqual([]);
    expect(codesOf(null, weights)).toEqual([]);
  });

  it("is that requirements count one this way and one that, where ballots may differ", () => {
    const other = { ...weights, count: { weight: "no" }, more_than: "1/3" };
    const mixed = ["rule.heads_and_weights", "/requirements/1"];
    expect(codesOf(null, heads, other)).toEqual([mixed]);
    expect(codesOf(true, heads, other)).toContainEqual(mixed);
    expect(codesOf(false, heads, other)).not.toContainEqual(mixed);
  });

  it("is that one comparison sets heads against weights, also within units", () => {
    const share = { ...heads, of: { weight: ["yes", "no"] } };
    const found = ["rule.share_of_another_measure", "/requirements/0"];
    expect(codesOf(null, share)).toContainEqual(found);
    expect(codesOf(null, { each: "regions", meets: share })).toContainEqual(found);
    const counted = { count: { units: "regions", that: share }, at_least: 2 };
    expect(codesOf(null, counted)).toContainEqual(found);
    expect(codesOf(null, heads)).toEqual([]);
  });
});

describe("the comparisons of a test", () => {
  const comparison = (requirement: object) => {
    const [first] = rule(requirement).requirements;
    if (first === undefined) throw new Error("no requirement");
    return comparisonsIn(first.test);
  };
  const labels = (requirement: object) => comparison(requirement).map(({ count }) => count.label);
  const few = { count: "no", at_most: 3 };

  it("are found in every part, and in what units are to meet", () => {
    expect(labels(heads)).toEqual(["yes"]);
    expect(labels({ all: [heads, few] })).toEqual(["yes", "no"]);
    expect(labels({ any: [few, { not: heads }] })).toEqual(["no", "yes"]);
    expect(labels({ each: "regions", meets: heads })).toEqual(["yes"]);
    const inner = { units: "regions", that: few };
    expect(labels({ count: inner, at_least: 1 }).slice(1)).toEqual(["no"]);
    expect(labels({ count: { within: ["a"], ...inner }, at_least: 1 }).slice(1)).toEqual(["no"]);
    expect(labels({ count: inner, at_least: "1/2", of: inner }).slice(1)).toEqual(["no", "no"]);
    expect(labels({ count: inner, at_least: "1/2", of: { units: "regions" } })).toHaveLength(2);
  });

  it("set heads against weights where they count one of the other", () => {
    const isBoth = (requirement: object) => comparison(requirement).map(comparesBoth);
    expect(isBoth(heads)).toEqual([false]);
    expect(isBoth(weights)).toEqual([false]);
    expect(isBoth(few)).toEqual([false]);
    expect(isBoth({ ...heads, of: weights.of })).toEqual([true]);
    expect(isBoth({ ...heads, count: { within: ["a"], weight: "yes" } })).toEqual([true]);
    expect(isBoth({ ...heads, count: { within: ["a"], ballots: "yes" } })).toEqual([false]);
    const share = { count: { units: "regions", that: few }, at_least: "1/2" };
    expect(isBoth({ ...share, of: { units: "regions" } })).toEqual([false, false]);
  });
});

describe("the units of a rule", () => {
  it("are regions in a part, of shares, and of what all or any asks; none of all units alone", () => {
    const unitsOf = (requirement: object) => ruleMeasure(rule(requirement)).units;
    expect(unitsOf({ within: ["a"], ...heads })).toBe("regions");
    expect(unitsOf({ all: [heads, { each: "regions", meets: "for" }] })).toBe("regions");
    expect(unitsOf({ any: [heads, heads] })).toBeNull();
    expect(unitsOf({ not: heads })).toBeNull();
    const units = { units: ["north", "c"], that: "for" };
    expect(unitsOf({ count: units, at_least: 1 })).toBe("groups");
    expect(unitsOf({ count: "yes", at_least: 1 })).toBeNull();
    const inner = { units: "regions", that: { each: "houses", meets: "for" } };
    expect(unitsOf({ count: inner, at_least: 1 })).toBe("groups");
  });

  it("are those of its clauses and of quorums only where there is nothing else", () => {
    const quorate = { id: "q", quorum: true, each: "regions", meets: "voting" };
    expect(ruleMeasure(rule(quorate)).units).toBe("regions");
    expect(ruleMeasure(rule(quorate, heads)).units).toBeNull();
    const clause = { ...heads, deemed_met_when: { each: "regions", meets: "for" } };
    expect(ruleMeasure(rule(clause)).units).toBe("regions");
  });
});
