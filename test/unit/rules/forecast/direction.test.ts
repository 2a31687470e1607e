import { describe, expect, it } from "vitest";
import {
  changeOfBallots,
  directionOf,
  directionOfMeasure,
  type StepContext,
} from "../../../../src/rules/forecast/direction.ts";
import type { Step } from "../../../../src/rules/forecast/step.ts";
import type { Test } from "../../../../src/rules/rule.ts";
import { Work } from "../../../../src/rules/work.ts";
import { workUnits } from "../../../../src/rules/work-units.ts";
import { ruleOf } from "../rules.ts";

const further: Step = { changes: { yes: 1n }, by: ["ballots", "weight"] };
const furtherNo: Step = { changes: { no: 1n }, by: ["ballots", "weight"] };
const turned: Step = { changes: { yes: 1n, no: -1n }, by: ["ballots", "weight"] };
const byWeight: Step = { changes: { yes: 1n }, by: ["weight"] };

function contextOf(step: Step, isPresenceRecorded = false): StepContext {
  return { step, isPresenceRecorded, directions: new Map(), work: new Work(1_000_000) };
}

function testOf(requirement: object): Test {
  const [first] = ruleOf({
    tables: { weights: { a: 1, b: 2 } },
    requirements: [{ id: "r", ...requirement }],
  }).requirements;
  if (first === undefined) throw new Error("no requirement");
  return first.test;
}

const directionAfter = (requirement: object, step: Step, isPresenceRecorded = false) =>
  directionOf(testOf(requirement), contextOf(step, isPresenceRecorded));

const yesAtLeast = { count: "yes", at_least: 3 };
const noAtMost = { count: "no", at_most: 3 };
const abstained = { count: "abstain", at_least: 1 };
const majority = { count: "yes", more_than: "1/2", of: ["yes", "no"] };
const weighed = { weight: "yes" };

describe("how steps move a test", () => {
  it.each([
    ["counts yes", yesAtLeast, "up", "flat", "up"],
    ["bounds yes from above", { count: "yes", at_most: 3 }, "down", "flat", "down"],
    ["bounds no from above", noAtMost, "flat", "down", "up"],
    ["counts no", { count: "no", more_than: 3 }, "flat", "up", "down"],
    ["counts neither", abstained, "flat", "flat", "flat"],
    ["is a share of the cast", majority, "up", "down", "up"],
    ["is a share of all", { ...majority, of: "eligible" }, "up", "flat", "up"],
    [
      "is a share that must stay small",
      { count: "no", less_than: "1/3", of: "cast" },
      "up",
      "down",
      "up",
    ],
    ["is more than what it is of", { count: "yes", at_least: "3/2", of: "no" }, "up", "down", "up"],
    [
      "is taken of less",
      { count: { ballots: "yes", less: "no" }, at_least: 1 },
      "up",
      "down",
      "up",
    ],
  ])("that %s", (_, requirement, yes, no, both) => {
    const steps = [further, furtherNo, turned];
    expect(steps.map((step) => directionAfter(requirement, step))).toEqual([yes, no, both]);
  });

  it("that is denied the other way, and within a part or for each unit the same", () => {
    expect(directionAfter({ not: yesAtLeast }, further)).toBe("down");
    expect(directionAfter({ not: { count: "yes", at_most: 3 } }, further)).toBe("up");
    expect(directionAfter({ not: abstained }, further)).toBe("flat");
    expect(directionAfter({ within: ["a"], ...yesAtLeast }, further)).toBe("up");
    expect(directionAfter({ each: "regions", meets: yesAtLeast }, further)).toBe("up");
  });

  it.each([
    [[yesAtLeast, abstained], "up"],
    [[abstained, yesAtLeast], "up"],
    [[abstained, { count: "yes", at_most: 3 }], "down"],
    [[yesAtLeast, majority], "up"],
    [[yesAtLeast, { count: "yes", at_most: 3 }], "mixed"],
    [[{ count: "yes", at_most: 3 }, yesAtLeast, abstained], "mixed"],
    [[abstained, { count: "blank", at_least: 2 }], "flat"],
  ])("together: %j", (tests, expected) => {
    expect(directionAfter({ all: tests }, further)).toBe(expected);
    expect(directionAfter({ any: tests }, further)).toBe(expected);
  });

  it("whose threshold is rounded, as long as that can't overtake the count", () => {
    const rounded = { rounded: "up" };
    expect(directionAfter({ ...majority, ...rounded }, further)).toBe("up");
    expect(directionAfter({ ...majority, ...rounded }, furtherNo)).toBe("mixed");
    expect(directionAfter({ ...majority, of: "eligible", ...rounded }, further)).toBe("up");
    const above = { count: "yes", at_least: "3/2", of: ["yes", "no"], ...rounded };
    expect(directionAfter({ ...above, of: "no" }, further)).toBe("up");
    expect(directionAfter({ ...above, of: "no" }, turned)).toBe("mixed");
    const allowed = { count: "no", at_most: "1/2", of: ["yes", "no"], ...rounded };
    expect(directionAfter(allowed, furtherNo)).toBe("down");
    expect(directionAfter(allowed, further)).toBe("mixed");
  });

  it.each([
    ["cast", "1/2", { ballots: "yes", less: "no" }, "up", "up", "down"],
    ["yes", "1", "yes", "up", "flat", "up"],
    ["yes", "1/2", { ballots: "yes", less: "no" }, "up", "up", "up"],
    [{ ballots: "yes", less: "no" }, "1/2", "cast", "up", "down", "up"],
    [{ ballots: "yes", less: "no" }, "1/2", { ballots: "yes", less: "no" }, "up", "down", "up"],
    ["abstain", "1/2", { ballots: "yes", less: "no" }, "down", "up", "down"],
    ["abstain", "1/2", ["yes", "no", "abstain"], "down", "down", "flat"],
    [["yes", "no"], "3/2", "yes", "mixed", "up", "down"],
    ["no", "3/2", "yes", "down", "up", "down"],
    ["cast", "3/2", "yes", "mixed", "up", "down"],
    ["cast", "1/2", "yes", "up", "up", "down"],
  ])("by which moves faster: %j at least %s of %j", (count, at_least, base, yes, no, both) => {
    const steps = [further, furtherNo, turned];
    const requirement = { count, at_least, of: base };
    expect(steps.map((step) => directionAfter(requirement, step))).toEqual([yes, no, both]);
  });

  it.each([
    ["cast", "1/2", { ballots: "yes", less: "no" }, "up", "mixed", "mixed"],
    ["yes", "1/2", ["yes", "abstain"], "up", "flat", "up"],
    ["yes", "1", ["yes", "no"], "up", "mixed", "up"],
    [{ ballots: "yes", less: "no" }, "1/2", "yes", "up", "down", "up"],
    ["yes", "1/2", { ballots: "yes", less: "no" }, "up", "mixed", "mixed"],
    ["no", "1/2", "eligible", "flat", "up", "down"],
    ["cast", "3/2", "yes", "mixed", "up", "mixed"],
    ["cast", "1/2", "yes", "up", "up", "mixed"],
    ["yes", "1/2", "no", "up", "mixed", "mixed"],
    ["yes", "1", "no", "up", "mixed", "mixed"],
  ])(
    "by which moves faster, rounded: %j at least %s of %j",
    (count, at_least, base, yes, no, both) => {
      const steps = [further, furtherNo, turned];
      const requirement = { count, at_least, of: base, rounded: "up" };
      expect(steps.map((step) => directionAfter(requirement, step))).toEqual([yes, no, both]);
    },
  );

  it("by what it counts: presence that was recorded, and weight, stay as they are", () => {
    const present = { count: "present", at_least: 3 };
    expect(directionAfter(present, further)).toBe("up");
    expect(directionAfter(present, further, true)).toBe("flat");
    expect(directionAfter(yesAtLeast, byWeight)).toBe("flat");
    expect(directionAfter({ count: weighed, at_least: 3 }, byWeight)).toBe("up");
    expect(directionAfter({ count: weighed, at_least: 3 }, further)).toBe("up");
  });

  it("of units is that of what they are to meet, of all units or of a number", () => {
    const that = (test: object | string) => ({ count: { units: "regions", that: test } });
    expect(directionAfter({ ...that(yesAtLeast), at_least: 2 }, further)).toBe("up");
    expect(directionAfter({ ...that(yesAtLeast), at_most: 2 }, further)).toBe("down");
    expect(
      directionAfter({ ...that("for"), at_least: "1/2", of: { units: "regions" } }, further),
    ).toBe("up");
    const moving = { units: "regions", that: { count: "cast", at_least: 1 } };
    expect(directionAfter({ ...that("for"), at_least: "1/2", of: moving }, further)).toBe("mixed");
    expect(
      directionAfter({ ...that("for"), at_least: "1/2", of: moving }, { changes: {}, by: [] }),
    ).toBe("flat");
  });

  it("is found once, which is its work", () => {
    const context = contextOf(further);
    const test = testOf({ all: [yesAtLeast, noAtMost] });
    expect(directionOf(test, context)).toBe("up");
    expect(context.work.spent).toBe(3 * workUnits.comparison);
    expect(directionOf(test, context)).toBe("up");
    expect(context.work.spent).toBe(3 * workUnits.comparison);
  });
});

describe("how steps move a measure", () => {
  const measureOf = (count: object | string) => {
    const test = testOf({ count, at_least: "1/2", of: { weigh: "weights" } });
    if (test.type !== "compare") throw new Error("no comparison");
    return test.count;
  };
  const shares = (part: string | string[], base: string | string[]) =>
    measureOf({ shares: "weights", ballots: part, of_each: base });

  it("of ballots by their sign", () => {
    const test = testOf({ count: { ballots: ["yes", "abstain"], less: ["no"] }, at_least: 1 });
    if (test.type !== "compare" || test.count.type !== "ballots") throw new Error("no ballots");
    const { count } = test;
    expect(
      [further, furtherNo, turned, byWeight].map((step) => changeOfBallots(count, contextOf(step))),
    ).toEqual([1n, -1n, 2n, 0n]);
    expect(
      [further, furtherNo, byWeight].map((step) => directionOfMeasure(count, contextOf(step))),
    ).toEqual(["up", "down", "flat"]);
  });

  it("of shares: a part of its base grows with it, and what is no part may do either", () => {
    const of = (step: Step, part: string, base: string | string[]) =>
      directionOfMeasure(shares(part, base), contextOf(step));
    expect(of(further, "yes", ["yes", "no"])).toBe("up");
    expect(of(turned, "yes", ["yes", "no"])).toBe("up");
    expect(of(furtherNo, "yes", ["yes", "no"])).toBe("mixed");
    expect(of(turned, "no", ["yes", "no"])).toBe("down");
    expect(of(further, "yes", "no")).toBe("mixed");
    expect(of(further, "no", ["yes", "no"])).toBe("mixed");
    expect(of(furtherNo, "yes", "abstain")).toBe("mixed");
    expect(of(turned, "no", "eligible")).toBe("down");
    expect(of(further, "yes", "eligible")).toBe("mixed");
    expect(of(turned, "no", "yes")).toBe("mixed");
    expect(of({ changes: { no: -1n }, by: ["ballots"] }, "yes", ["yes", "no"])).toBe("mixed");
  });

  it("within a part as the measure itself, and of units alone not at all", () => {
    const there = { within: ["a"], units: "regions" };
    const that = (test: object) => measureOf({ ...there, that: test });
    expect(directionOfMeasure(measureOf(there), contextOf(further))).toBe("flat");
    expect(directionOfMeasure(that(yesAtLeast), contextOf(further))).toBe("up");
    expect(directionOfMeasure(that(noAtMost), contextOf(furtherNo))).toBe("down");
    expect(that(yesAtLeast).type).toBe("within");
  });
});
