import { describe, expect, it } from "vitest";
import { forecastOutcome } from "../../../src/rules/forecast/forecast.ts";
import { findEvaluationFaults } from "../../../src/rules/most-work.ts";
import { evaluateOutcome } from "../../../src/rules/outcome.ts";
import { parseRule } from "../../../src/rules/parse-rule.ts";
import type { Rule } from "../../../src/rules/rule.ts";
import { Work } from "../../../src/rules/work.ts";
import { limits } from "../../../src/shared/limits.ts";
import { inputOf } from "./rules.ts";

const of = ["yes", "no"];
const majority = { count: "yes", more_than: "1/2", of };
const allWeights = { weigh: "weights" };
const share = { shares: "weights", ballots: "yes", of_each: of };

/** A rule of each kind, to be evaluated on three regions. */
const requirements = {
  "a majority": majority,
  "a difference": { count: { ballots: "yes", less: "no" }, at_least: 2 },
  "by weight, rounded": {
    count: { weight: "yes" },
    at_least: "2/3",
    of: "eligible",
    rounded: "up",
  },
  "all of several": {
    all: [
      majority,
      { count: "cast", at_least: "1/2", of: "eligible" },
      { not: { count: "no", at_least: 9 } },
    ],
  },
  "any of several": {
    any: [
      { within: ["b"], meets: "for" },
      { within: "lower", count: "yes", at_least: 7 },
    ],
  },
  "each region": { each: "regions", meets: "for" },
  "each house": { each: "houses", meets: { all: ["for", "voting"] } },
  units: { count: { units: "regions", that: "for" }, at_least: 2 },
  weights: { count: { weigh: "weights", that: "for" }, more_than: "1/2", of: allWeights },
  electorates: { count: { weigh: "eligible", units: "houses", that: "for" }, at_least: 9 },
  shares: { count: share, at_least: "7/4" },
  "shares shared out": {
    count: { ...share, when_empty: "shared_out" },
    at_least: "1/2",
    of: allWeights,
  },
  "within a part": {
    count: { within: "lower", units: "regions", that: "for" },
    at_least: "1/2",
    of: { within: "lower", units: "regions" },
  },
  "deemed met": {
    ...majority,
    more_than: "4/5",
    deemed_met_when: { count: { units: "weights", that: "against" }, less_than: 1 },
  },
};
type Kind = keyof typeof requirements;

const regions = {
  a: { yes: 3, no: 1, abstain: 1, eligible: 8 },
  b: { yes: 1, no: 2, eligible: 5 },
  c: { yes: 2, no: 2, abstain: 2, blank: 1, eligible: 9 },
};

function readRule(kind: Kind): { rule: Rule; reading: number } {
  const work = new Work(Infinity);
  const document = {
    tables: { weights: { a: 1, b: "1/2", c: 2 } },
    groups: { lower: ["a", "b"], upper: ["c"], houses: ["lower", "upper"] },
    requirements: [{ id: "r", ...requirements[kind] }],
  };
  const parsed = parseRule(document, limits, work);
  if ("faults" in parsed) throw new Error(JSON.stringify(parsed.faults));
  return { rule: parsed.rule, reading: work.spent };
}

function evaluating(rule: Rule, hidden: readonly string[] = []): number {
  const work = new Work(Infinity);
  evaluateOutcome(rule, inputOf(regions), { work, hidden: new Set(hidden) });
  return work.spent;
}

function forecasting(rule: Rule, isClosed: boolean): number {
  const work = new Work(1_000_000);
  forecastOutcome(rule, inputOf(regions, { isClosed }), work);
  return work.spent;
}

/** Whether a draft is taken where an evaluation may cost so much. */
function isTaken(rule: Rule, workMax: number): boolean {
  const expected = { regions: ["a", "b", "c"], electorates: ["a", "b", "c"], figureBits: 40 };
  return findEvaluationFaults(rule, expected, workMax).length === 0;
}

/** Reading, evaluating, with a hidden region, the most, and forecasts after and before the close. */
describe.each<[Kind, number, number, number, number, number, number]>([
  ["a majority", 143, 195, 197, 226, 216, 206],
  ["a difference", 126, 170, 171, 171, 311, 361],
  ["by weight, rounded", 140, 195, 197, 197, 220, 244],
  ["all of several", 176, 517, 522, 522, 282, 340],
  ["any of several", 146, 485, 491, 491, 409, 543],
  ["each region", 113, 400, 418, 418, 397, 498],
  ["each house", 124, 628, 644, 644, 616, 765],
  ["units", 134, 211, 217, 217, 553, 648],
  ["weights", 180, 250, 262, 262, 601, 696],
  ["electorates", 143, 217, 225, 225, 344, 303],
  ["shares", 163, 231, 237, 720, 303, 219],
  ["shares shared out", 178, 234, 240, 723, 318, 228],
  ["within a part", 200, 225, 229, 229, 291, 282],
  ["deemed met", 158, 314, 322, 322, 494, 613],
])("the work of a rule of %s", (kind, read, evaluated, hidden, most, closed, open) => {
  it("is the same wherever it is read", () => {
    expect(readRule(kind).reading).toBe(read);
  });

  it("is the same wherever it is evaluated, and more where a region is hidden", () => {
    const { rule } = readRule(kind);
    expect([evaluating(rule), evaluating(rule, ["b"])]).toEqual([evaluated, hidden]);
  });

  it("is the same wherever a forecast is made, after and before the close", () => {
    const { rule } = readRule(kind);
    expect([forecasting(rule, true), forecasting(rule, false)]).toEqual([closed, open]);
  });

  it("is what a draft must be allowed, and one less is too little", () => {
    const { rule } = readRule(kind);
    expect([isTaken(rule, most), isTaken(rule, most - 1)]).toEqual([true, false]);
  });
});
