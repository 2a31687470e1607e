import { describe, expect, it } from "vitest";
import { isMetByAll, leastSteps } from "../../../../src/rules/forecast/least-steps.ts";
import type { Step } from "../../../../src/rules/forecast/step.ts";
import { inputOf, ruleOf, type PlainCounts } from "../rules.ts";
import { bothCounts, firstTest, searchOf } from "./search-context.ts";

const tables = { weights: { a: 1, b: 1, c: 2 } };
const turned: Step = { changes: { yes: 1n, no: -1n }, by: bothCounts };
const back: Step = { changes: { yes: -1n, no: 1n }, by: bothCounts };

interface Vote {
  regions: Record<string, PlainCounts>;
  headroom: Record<string, number>;
  step?: Step;
}

function look(requirement: object, { regions, headroom, step }: Vote) {
  const rule = ruleOf({ tables, requirements: [{ id: "r", ...requirement }] });
  const search = searchOf({ rule, input: inputOf(regions), headroom, ...(step && { step }) });
  return { test: firstTest(rule), search };
}

function least(requirement: object, vote: Vote) {
  const { test, search } = look(requirement, vote);
  return leastSteps(test, search);
}

const steps = (of: Record<string, number>) =>
  new Map(Object.entries(of).map(([code, count]) => [code, BigInt(count)]));

const majority = { count: "yes", more_than: "1/2", of: ["yes", "no"] };
const shares = { shares: "weights", ballots: "yes", of_each: ["yes", "no"] };

describe("the fewest steps that meet a test", () => {
  it("are none where it is met already, and impossible where all steps don't", () => {
    const regions = { a: { yes: 2, no: 1 }, b: {} };
    expect(least(majority, { regions, headroom: { a: 1, b: 1 } })).toEqual({ type: "met" });
    const lost = { a: { yes: 1, no: 5 }, b: {} };
    const vote = (b: number) => ({ regions: lost, headroom: { a: 2, b } });
    expect(least(majority, vote(2))).toEqual({ type: "impossible" });
    expect(least(majority, vote(3))).toEqual({
      type: "found",
      steps: 5n,
      atLeast: 5n,
      regions: steps({ a: 2, b: 3 }),
    });
  });

  it("are the cheapest of all options", () => {
    const any = {
      any: [
        { within: ["a"], count: "yes", at_least: 6 },
        { within: ["b"], count: "yes", at_least: 4 },
        { within: ["c"], count: "yes", at_least: 5 },
      ],
    };
    const regions = { a: { yes: 1 }, b: { yes: 1 }, c: { yes: 1 } };
    expect(least(any, { regions, headroom: { a: 9, b: 9, c: 9 } })).toEqual({
      type: "found",
      steps: 3n,
      atLeast: 3n,
      regions: steps({ b: 3 }),
    });
    expect(least(any, { regions, headroom: { a: 9, b: 2, c: 9 } })).toMatchObject({
      steps: 4n,
      atLeast: 4n,
    });
    expect(least(any, { regions, headroom: { a: 9, b: 2, c: 3 } })).toMatchObject({ steps: 5n });
    expect(least(any, { regions, headroom: { a: 4, b: 2, c: 3 } })).toEqual({ type: "impossible" });
  });

  it("are those of a step that harms, where the test is denied", () => {
    const vote = { regions: { a: { yes: 5, no: 2 } }, headroom: { a: 5 }, step: back };
    expect(least({ not: majority }, vote)).toMatchObject({ type: "found", steps: 2n });
    expect(least(majority, vote)).toEqual({ type: "met" });
    const lost = { regions: { a: { yes: 2, no: 5 } }, headroom: { a: 2 }, step: back };
    expect(least(majority, lost)).toEqual({ type: "impossible" });
  });

  it("are not searched for where a step may help as well as harm", () => {
    const mixed = {
      all: [
        { count: "yes", at_least: 3 },
        { count: "cast", at_most: 3 },
      ],
    };
    const vote = { regions: { a: { yes: 1 } }, headroom: { a: 9 } };
    expect(least(mixed, vote)).toEqual({ type: "unknown", reason: "not_searchable" });
  });

  it("fill region after region where shares are asked for: enough, and one at least", () => {
    const regions = {
      a: { yes: 1, no: 3 },
      b: { yes: 1, no: 3 },
      c: { yes: 1, no: 3 },
    };
    const headroom = { a: 3, b: 3, c: 3 };
    const found = (at_least: string) =>
      least({ count: shares, at_least }, { regions, headroom, step: turned });
    // One of four in each is a share of 1 of 4; a further yes in c counts twice.
    expect(found("1")).toEqual({ type: "met" });
    expect(found("5/4")).toEqual({
      type: "found",
      steps: 1n,
      atLeast: 1n,
      regions: steps({ a: 1 }),
    });
    expect(found("2")).toEqual({
      type: "found",
      steps: 4n,
      atLeast: 1n,
      regions: steps({ a: 3, b: 1 }),
    });
    expect(found("5/2")).toEqual({
      type: "found",
      steps: 6n,
      atLeast: 1n,
      regions: steps({ a: 3, b: 3 }),
    });
    expect(found("3")).toEqual({
      type: "found",
      steps: 7n,
      atLeast: 1n,
      regions: steps({ a: 3, b: 3, c: 1 }),
    });
    expect(found("4")).toEqual({
      type: "found",
      steps: 9n,
      atLeast: 1n,
      regions: steps({ a: 3, b: 3, c: 3 }),
    });
    const less = least(
      { count: shares, at_least: "4" },
      { regions, headroom: { ...headroom, b: 2 }, step: turned },
    );
    expect(less).toEqual({ type: "impossible" });
  });

  it("pass over regions that have no headroom where they fill them", () => {
    const regions = {
      a: { yes: 1, no: 3 },
      b: { yes: 1, no: 3 },
      c: { yes: 1, no: 3 },
    };
    const found = least(
      { count: shares, at_least: "9/4" },
      { regions, headroom: { a: 3, b: 0, c: 3 }, step: turned },
    );
    expect(found).toMatchObject({ steps: 4n, regions: steps({ a: 3, c: 1 }) });
  });
});

describe("whether all steps there can be meet a test", () => {
  it("is looked at once for the same test", () => {
    const { test, search } = look(majority, {
      regions: { a: { no: 2 }, b: {} },
      headroom: { a: 1, b: 2 },
    });
    expect(isMetByAll(test, search)).toBe(true);
    const { spent } = search.work;
    expect(spent).toBeGreaterThan(0);
    expect(isMetByAll(test, search)).toBe(true);
    expect(search.work.spent).toBe(spent);
    expect(search.metByAll.get(test)).toBe(true);
  });

  it("is not so where one step is missing", () => {
    const vote = { regions: { a: { no: 2 }, b: {} }, headroom: { a: 1, b: 1 } };
    const { test, search } = look(majority, vote);
    expect(isMetByAll(test, search)).toBe(false);
    expect(isMetByAll(test, search)).toBe(false);
  });
});
