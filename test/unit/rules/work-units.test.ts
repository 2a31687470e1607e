import { describe, expect, it } from "vitest";
import type { Comparison, Measure } from "../../../src/rules/rule.ts";
import {
  scaleBits,
  workOfCharacters,
  workOfComparison,
  workOfLowestTerms,
  workOfShares,
  workUnits,
} from "../../../src/rules/work-units.ts";
import { ruleOf } from "./rules.ts";

const tables = { weights: { a: "1/3", b: "1/4" } };

function comparisonOf(requirement: object): Comparison {
  const [first] = ruleOf({ tables, requirements: [{ id: "r", ...requirement }] }).requirements;
  if (first?.test.type !== "compare") throw new Error("no comparison");
  return first.test;
}

describe("the work of a rule's steps", () => {
  it("of texts is one for so many characters begun", () => {
    expect([0, 1, 64, 65].map(workOfCharacters)).toEqual([0, 1, 1, 2]);
  });

  it("of lowest terms is none of one bit, the same in a machine's word, and grows squared", () => {
    expect([0, 1, 2, 53].map(workOfLowestTerms)).toEqual([0, 0, 4, 4]);
    expect([54, 400, 4_000].map(workOfLowestTerms)).toEqual([55, 440, 8_000]);
  });

  it("of shares grows with how many there are, and with how long their sum becomes", () => {
    expect([workOfShares(0, 64), workOfShares(1, 64), workOfShares(1, 0)]).toEqual([0, 5, 4]);
    expect([workOfShares(40, 64), workOfShares(41, 64), workOfShares(10, 640)]).toEqual([
      200, 246, 70,
    ]);
  });

  it("of a comparison is that of its denominators", () => {
    const heads = comparisonOf({ count: "yes", at_least: "2/3", of: "cast" });
    expect(workOfComparison(heads)).toBe(workUnits.comparison + 6 * workOfLowestTerms(2));
    const whole = comparisonOf({ count: "yes", at_least: 3 });
    expect(workOfComparison(whole)).toBe(workUnits.comparison);
    const weigh = { weigh: "weights", that: "for" };
    const alone = comparisonOf({ count: weigh, at_least: "1/2" });
    expect(workOfComparison(alone)).toBe(workUnits.comparison + 6 * workOfLowestTerms(2 + 4));
    const manyBits = `1/${2n ** 60n}`;
    const both = comparisonOf({ count: weigh, at_least: manyBits, of: { weigh: "weights" } });
    expect(workOfComparison(both)).toBe(workUnits.comparison + 6 * workOfLowestTerms(61 + 8));
  });

  it("knows the denominator of a measure's weights, in a part too", () => {
    const { count } = comparisonOf({ count: { weigh: "weights", that: "for" }, at_least: "1/2" });
    const units = comparisonOf({ count: { units: "regions", that: "for" }, at_least: 1 }).count;
    const heads = comparisonOf({ count: "yes", at_least: 1 }).count;
    const regionGroup = { name: "a", parts: ["a"], regions: ["a"] };
    const within: Measure = { type: "within", regionGroup, measure: count, label: "" };
    expect([count, units, heads, within].map(scaleBits)).toEqual([4, 0, 0, 4]);
  });
});
