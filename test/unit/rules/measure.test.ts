import { describe, expect, it } from "vitest";
import { ruleMeasure } from "../../../src/rules/measure.ts";
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
