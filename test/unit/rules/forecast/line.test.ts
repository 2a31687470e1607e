import { describe, expect, it } from "vitest";
import { fewestSteps, isMetAt, linesOf } from "../../../../src/rules/forecast/line.ts";
import type { Step } from "../../../../src/rules/forecast/step.ts";
import type { Comparison, Test } from "../../../../src/rules/rule.ts";
import { wholeScope } from "../../../../src/rules/scope.ts";
import { workUnits } from "../../../../src/rules/work-units.ts";
import { inputOf, ruleOf, type PlainCounts } from "../rules.ts";
import { bothCounts, firstTest, furtherYes, searchOf } from "./search-context.ts";

const further = furtherYes;
const turned: Step = { changes: { yes: 1n, no: -1n }, by: bothCounts };
const back: Step = { changes: { yes: -1n, no: 1n }, by: bothCounts };

function testOf(requirement: object): Test {
  return firstTest(ruleOf({ requirements: [{ id: "r", ...requirement }] }));
}

function comparisonOf(requirement: object): Comparison {
  const test = testOf(requirement);
  if (test.type !== "compare") throw new Error("no comparison");
  return test;
}

const majority = { count: "yes", more_than: "1/2", of: ["yes", "no"] };

describe("the figures of a comparison as steps change them", () => {
  const steps = [further, turned, { changes: { abstain: 1n }, by: bothCounts }];
  const lines = (requirement: object, counts: PlainCounts, scope = wholeScope) => {
    const search = searchOf({ input: inputOf({ a: counts, b: { yes: 7 } }) });
    return { lines: linesOf(comparisonOf(requirement), steps, { scope, context: search }), search };
  };
  const a = { name: "a", regions: ["a"], members: ["a"] };

  it("are the count and its base, and what each step adds to them", () => {
    expect(lines(majority, { yes: 3, no: 4 }).lines).toEqual([
      { count: 10n, countChange: 1n, base: 14n, baseChange: 1n },
      { count: 10n, countChange: 1n, base: 14n, baseChange: 0n },
      { count: 10n, countChange: 0n, base: 14n, baseChange: 0n },
    ]);
    expect(lines(majority, { yes: 3, no: 4 }, a).lines[0]).toMatchObject({ count: 3n, base: 7n });
  });

  it("have a base of one that stays where there is none", () => {
    expect(lines({ count: "cast", at_least: 3 }, { no: 1 }).lines).toEqual([
      { count: 8n, countChange: 1n, base: 1n, baseChange: 0n },
      { count: 8n, countChange: 0n, base: 1n, baseChange: 0n },
      { count: 8n, countChange: 1n, base: 1n, baseChange: 0n },
    ]);
  });

  it("leave presence as it is where it was recorded in the scope", () => {
    const present = { count: "present", at_least: 3 };
    const [recorded] = lines(present, { yes: 1, present: 5 }).lines;
    expect(recorded).toMatchObject({ count: 12n, countChange: 0n });
    const [unrecorded] = lines(present, { yes: 1 }).lines;
    expect(unrecorded).toMatchObject({ count: 8n, countChange: 1n });
    const b = { name: "b", regions: ["b"], members: ["b"] };
    expect(lines(present, { yes: 1, present: 5 }, b).lines[0]).toMatchObject({ countChange: 1n });
  });

  it("take work for the comparison and for each step", () => {
    expect(lines(majority, {}).search.work.spent).toBe(workUnits.line + 3 * workUnits.lineStep);
  });
});

describe("whether a comparison is met after some steps", () => {
  const metAt = (requirement: object, line: [number, number, number, number], steps: number) => {
    const [count, countChange, base, baseChange] = line.map(BigInt);
    const figures = { count, countChange, base, baseChange } as Parameters<typeof isMetAt>[1];
    return isMetAt(comparisonOf(requirement), figures, BigInt(steps));
  };

  it("is asked of the count and the base with those steps", () => {
    const found = [0, 1, 2, 3].map((steps) => metAt(majority, [3, 1, 8, 1], steps));
    expect(found).toEqual([false, false, false, true]);
    const least = { count: "yes", at_least: "1/2", of: ["yes", "no"] };
    expect([1, 2].map((steps) => metAt(least, [3, 1, 8, 1], steps))).toEqual([false, true]);
  });

  it("is not so of a count of nothing, where a share is asked for", () => {
    const quarter = { count: "yes", at_least: "1/4", of: "cast" };
    expect(metAt(quarter, [0, 1, 0, 1], 0)).toBe(false);
    expect(metAt(quarter, [0, 1, 0, 1], 1)).toBe(true);
    expect(metAt(quarter, [1, 0, 0, 0], 0)).toBe(true);
    expect(metAt({ count: "no", at_most: "1/4", of: "cast" }, [0, 1, 0, 0], 0)).toBe(true);
    const difference = { count: { ballots: "yes", less: "no" }, at_least: "1/2" };
    expect(metAt({ ...difference }, [1, 1, 1, 0], 0)).toBe(true);
  });

  it.each([
    ["up", [false, false, true]],
    ["down", [false, true, true]],
    ["nearest", [false, true, true]],
  ])("is asked of the threshold rounded %s", (rounded, expected) => {
    // A third of ten is between three and four, and nearer to three.
    const third = { count: "yes", at_least: "1/3", of: "cast", rounded };
    expect([2, 3, 4].map((yes) => metAt(third, [yes, 1, 10, 1], 0))).toEqual(expected);
  });
});

describe("the fewest steps after which a test of ballots is met", () => {
  interface Asked {
    counts: PlainCounts;
    step?: Step;
    most?: number;
    isWanted?: boolean;
  }
  const fewest = (requirement: object, asked: Asked) => {
    const { counts, step = further, most = 1_000, isWanted = true } = asked;
    const context = searchOf({ input: inputOf({ a: counts }), step });
    const wanted = { isWanted, most: BigInt(most), scope: wholeScope, context };
    return { found: fewestSteps(testOf(requirement), wanted), spent: context.work.spent };
  };

  it.each([
    [majority, { yes: 5, no: 4 }, further, 0n],
    [majority, { yes: 4, no: 4 }, further, 1n],
    [majority, { yes: 3, no: 4 }, further, 2n],
    [majority, { yes: 3, no: 4 }, turned, 1n],
    [majority, { yes: 2, no: 4 }, turned, 2n],
    [majority, { no: 400 }, further, 401n],
    [majority, { no: 400 }, turned, 201n],
    [{ count: "yes", at_least: "2/3", of: ["yes", "no"] }, { yes: 1, no: 4 }, further, 7n],
    [{ count: "yes", more_than: "2/3", of: ["yes", "no"] }, { yes: 1, no: 4 }, further, 8n],
    [{ count: "yes", at_least: "2/3", of: ["yes", "no"] }, { yes: 1, no: 5 }, turned, 3n],
    [{ count: "yes", at_least: 12 }, { yes: 3 }, further, 9n],
    [{ count: "yes", more_than: 12 }, { yes: 3 }, further, 10n],
    [{ count: "yes", at_least: "25/2" }, { yes: 3 }, further, 10n],
    [{ count: "yes", at_least: "1/4", of: "cast" }, {}, further, 1n],
    [{ count: "no", at_most: 3 }, { no: 9 }, turned, 6n],
    [{ count: "no", less_than: 3 }, { no: 9 }, turned, 7n],
    [{ count: "no", less_than: "1/3", of: ["yes", "no"] }, { no: 9, yes: 3 }, further, 16n],
    [{ count: { ballots: "yes", less: "no" }, at_least: 4 }, { yes: 1, no: 2 }, further, 5n],
    [{ count: { ballots: "yes", less: "no" }, at_least: 4 }, { yes: 1, no: 2 }, turned, 3n],
  ] as const)("of %j with %j are found exactly", (requirement, counts, step, expected) => {
    expect(fewest(requirement, { counts, step }).found).toBe(expected);
  });

  it.each([
    ["up", "2/3", 7n],
    ["down", "2/3", 5n],
    ["nearest", "2/3", 6n],
    ["up", "1/2", 3n],
    ["down", "1/2", 2n],
  ])("are found where the threshold is rounded %s, at %s", (rounded, at_least, expected) => {
    const rule = { count: "yes", at_least, of: ["yes", "no"], rounded };
    expect(fewest(rule, { counts: { yes: 1, no: 4 } }).found).toBe(expected);
  });

  it("are none where all that can be had are not enough, and may be all of them", () => {
    const asked = { counts: { yes: 3, no: 8 } };
    expect(fewest(majority, { ...asked, most: 6 }).found).toBe(6n);
    expect(fewest(majority, { ...asked, most: 5 }).found).toBeNull();
    expect(fewest(majority, { ...asked, most: 0 }).found).toBeNull();
    expect(fewest(majority, { counts: { yes: 1 }, most: 0 }).found).toBe(0n);
  });

  it("are those after which it is not met, where that is wanted or the test is denied", () => {
    const counts = { yes: 6, no: 3 };
    expect(fewest(majority, { counts, step: back, isWanted: false }).found).toBe(2n);
    expect(fewest({ not: majority }, { counts, step: back }).found).toBe(2n);
    expect(fewest({ not: { not: majority } }, { counts, step: back }).found).toBe(0n);
    expect(fewest({ not: majority }, { counts, step: back, most: 1 }).found).toBeNull();
  });

  it("of all tests are the most that one needs, and of any the fewest", () => {
    const tests = [
      { count: "yes", at_least: 5 },
      { count: "yes", at_least: 9 },
      { count: "cast", at_least: 7 },
    ];
    const asked = { counts: { yes: 2, abstain: 1 } };
    expect(fewest({ all: tests }, asked).found).toBe(7n);
    expect(fewest({ any: tests }, asked).found).toBe(3n);
    expect(fewest({ any: tests.toReversed() }, asked).found).toBe(3n);
    expect(fewest({ all: tests.toReversed() }, asked).found).toBe(7n);
    expect(fewest({ all: tests }, { ...asked, most: 6 }).found).toBeNull();
    expect(fewest({ all: tests.toReversed() }, { ...asked, most: 6 }).found).toBeNull();
    expect(fewest({ any: tests }, { ...asked, most: 3 }).found).toBe(3n);
    expect(fewest({ any: tests }, { ...asked, most: 2 }).found).toBeNull();
    expect(fewest({ any: [tests[1], tests[0]] }, { ...asked, most: 3 }).found).toBe(3n);
  });

  it("of all that are not to be met are the fewest that end one, and of any the most", () => {
    const tests = [
      { count: "yes", at_least: 5 },
      { count: "yes", at_least: 2 },
    ];
    const asked = { counts: { yes: 9 }, step: back };
    expect(fewest({ not: { all: tests } }, asked).found).toBe(5n);
    expect(fewest({ not: { any: tests } }, asked).found).toBe(8n);
  });

  it("are none of a test of units, which no sum says", () => {
    expect(fewest({ each: "regions", meets: "for" }, { counts: {} }).found).toBeNull();
  });

  it("are guessed, so that they take a look or two where nothing is rounded", () => {
    const ofLine = workUnits.line + workUnits.lineStep;
    const many = { no: 1_000_000, yes: 3 };
    for (const requirement of [
      majority,
      { count: "yes", at_least: 12_345 },
      { count: "yes", at_least: "2/3", of: ["yes", "no"] },
      { count: "yes", more_than: "2/3", of: ["yes", "no"] },
      { count: "cast", at_least: 5_000_000 },
    ]) {
      const { found, spent } = fewest(requirement, { counts: many, most: 1e12 });
      expect(found).not.toBeNull();
      expect(spent).toBe(1 + ofLine);
    }
  });

  it("are searched for between guesses where the threshold is rounded", () => {
    const ofLine = workUnits.line + workUnits.lineStep;
    const rule = { count: "yes", at_least: "2/3", of: ["yes", "no"], rounded: "up" };
    const { found, spent } = fewest(rule, { counts: { no: 1_000_000, yes: 3 }, most: 1e12 });
    expect(found).toBe(1_999_997n);
    expect(spent).toBeLessThanOrEqual(1 + ofLine + 4 * workUnits.line);
  });
});
