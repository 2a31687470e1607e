import { describe, expect, it } from "vitest";
import { countedBy, namedRegions } from "../../../src/rules/counted-by.ts";
import { ruleOf } from "./rules.ts";

const heads = { count: "yes", more_than: "1/2", of: ["yes", "no"] };
const weighed = { count: { weight: "yes" }, more_than: "1/2", of: { weight: ["yes", "no"] } };

function requirementOf(requirement: object, more: object = {}) {
  const rule = ruleOf({ ...more, requirements: [{ id: "r", ...requirement }] });
  const [first] = rule.requirements;
  if (first === undefined) throw new Error("no requirement");
  return { test: first.test, groups: rule.groups };
}

describe("what a test counts", () => {
  it.each([
    [heads, ["ballots"]],
    [weighed, ["weight"]],
    [{ all: [heads, weighed] }, ["ballots", "weight"]],
    [{ any: [weighed, heads] }, ["weight", "ballots"]],
    [{ not: weighed }, ["weight"]],
    [{ within: ["a"], ...weighed }, ["weight"]],
    [{ each: "regions", meets: weighed }, ["weight"]],
    [{ count: { units: "regions", that: weighed }, at_least: 1 }, ["weight"]],
  ])("%j", (requirement, expected) => {
    expect(countedBy(requirementOf(requirement).test)).toEqual(expected);
  });
});

describe("the regions that a test names", () => {
  const groups = { house: ["a", "b"], both: ["house", "c"] };
  it.each([
    [heads, []],
    [{ within: ["a", "d"], ...heads }, ["a", "d"]],
    [{ within: "both", meets: "for" }, ["a", "b", "c"]],
    [{ each: "both", meets: "for" }, ["a", "b", "c"]],
    [{ each: "regions", meets: "for" }, []],
    [
      {
        all: [
          { each: ["d"], meets: "for" },
          { each: ["e", "d"], meets: "for" },
        ],
      },
      ["d", "e"],
    ],
    [{ not: { within: "e", meets: "for" } }, ["e"]],
    [{ count: { units: ["house", "d"], that: "for" }, at_least: 1 }, ["a", "b", "d"]],
    [
      {
        count: { units: "regions", that: { within: "d", meets: "for" } },
        at_least: "1/2",
        of: { units: ["e"] },
      },
      ["d", "e"],
    ],
  ])("%j", (requirement, expected) => {
    const { test, groups: known } = requirementOf(requirement, { groups });
    expect(namedRegions(test, known).toSorted()).toEqual(expected);
  });
});
