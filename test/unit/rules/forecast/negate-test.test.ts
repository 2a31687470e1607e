import { describe, expect, it } from "vitest";
import { negateTest } from "../../../../src/rules/forecast/negate-test.ts";
import { ruleOf } from "../rules.ts";

function testOf(requirement: object) {
  const [first] = ruleOf({ requirements: [{ id: "r", ...requirement }] }).requirements;
  if (first === undefined) throw new Error("no requirement");
  return first.test;
}

const heads = { count: "yes", more_than: "1/2", of: ["yes", "no"] };

describe("the opposite of a test", () => {
  it("of ballots is the test denied: where nothing counts, both fail", () => {
    const test = testOf(heads);
    expect(negateTest(test)).toEqual({ type: "not", test });
    expect(negateTest({ type: "not", test })).toBe(test);
  });

  it.each([
    ["at_least", "less_than"],
    ["more_than", "at_most"],
    ["at_most", "more_than"],
    ["less_than", "at_least"],
  ])("of units, %s, is %s, also of all units", (bound, opposite) => {
    const count = { units: "regions", that: "for" };
    const alone = testOf({ count, [bound]: 2 });
    expect(negateTest(alone)).toEqual({ ...alone, bound: opposite });
    const share = testOf({ count, [bound]: "1/2", of: { units: "regions" } });
    expect(negateTest(share)).toEqual({ ...share, bound: opposite });
  });

  it("of all is any of the opposites, of any all, and within a part there", () => {
    const [one, two] = [testOf(heads), testOf({ count: "no", at_most: 3 })];
    const denied = [one, two].map((test) => ({ type: "not", test }));
    expect(negateTest({ type: "all", tests: [one, two] })).toEqual({ type: "any", tests: denied });
    expect(negateTest({ type: "any", tests: [one, two] })).toEqual({ type: "all", tests: denied });
    const within = testOf({ within: ["a"], meets: "for" });
    if (within.type !== "within") throw new Error("not within");
    expect(negateTest(within)).toEqual({ ...within, test: negateTest(within.test) });
  });

  it("of each unit is one unit at least that does not", () => {
    const each = testOf({ each: "regions", meets: "for" });
    if (each.type !== "each") throw new Error("not each");
    expect(negateTest(each)).toMatchObject({
      type: "compare",
      bound: "at_least",
      figure: { numerator: 1n, denominator: 1n },
      of: null,
      count: { type: "units", weigh: "one", that: negateTest(each.test), units: each.units },
    });
  });
});
