import { describe, expect, it } from "vitest";
import { findEvaluationFaults, type ExpectedVote } from "../../../src/rules/most-work.ts";
import { ruleOf } from "./rules.ts";

const majority = { id: "majority", count: "yes", more_than: "1/2", of: ["yes", "no"] };
const turnout = { id: "turnout", count: "cast", at_least: "1/2", of: "eligible" };
const everywhere = { id: "everywhere", each: "regions", meets: { ...turnout, id: undefined } };

function faultsOf(
  requirements: object[],
  expected: Partial<ExpectedVote> = {},
  workMax = 1_000_000,
) {
  const rule = ruleOf(JSON.parse(JSON.stringify({ requirements })));
  const known = { regions: ["a", "b"], electorates: null, figureBits: 64, ...expected };
  return findEvaluationFaults(rule, known, workMax);
}

describe("the faults of a rule on the votes that may come", () => {
  it("are none where every figure will be known", () => {
    expect(faultsOf([majority])).toEqual([]);
    expect(faultsOf([majority, turnout], { electorates: [] })).toEqual([]);
    expect(faultsOf([majority, everywhere], { electorates: ["a", "b"] })).toEqual([]);
  });

  it("name the requirement that lacks an electorate, of the whole or of a region", () => {
    expect(faultsOf([majority, turnout])).toMatchObject([{ pointer: "/requirements/1" }]);
    expect(faultsOf([majority, everywhere], { electorates: ["a"] })).toMatchObject([
      { pointer: "/requirements/1", detail: expect.stringContaining("b") },
    ]);
  });

  it("name the first that is too much work, with longer figures sooner", () => {
    const least = (figureBits: number) => {
      let workMax = 1;
      while (faultsOf([majority, turnout], { electorates: [], figureBits }, workMax).length > 0) {
        workMax += 1;
      }
      return workMax;
    };
    const enough = least(64);
    expect(faultsOf([majority, turnout], { electorates: [] }, enough - 1)).toEqual([
      { pointer: "/requirements/1", detail: expect.stringContaining("too much work") },
    ]);
    expect(faultsOf([majority, turnout], { electorates: [] }, 1)[0]?.pointer).toBe("");
  });
});
