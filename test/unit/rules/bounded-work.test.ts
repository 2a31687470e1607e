import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { worstRules } from "../../../bench/rules/worst-rules.ts";
import { presetInput } from "../../../bench/rules/preset-input.ts";
import { forecastOutcome } from "../../../src/rules/forecast/forecast.ts";
import { findEvaluationFaults } from "../../../src/rules/most-work.ts";
import { evaluateOutcome } from "../../../src/rules/outcome.ts";
import { viewRuleOutcome } from "../../../src/rules/outcome-view.ts";
import { parseRule } from "../../../src/rules/parse-rule.ts";
import { presets } from "../../../src/rules/presets/presets.ts";
import type { RuleInput } from "../../../src/rules/rule-input.ts";
import type { Rule } from "../../../src/rules/rule.ts";
import { Work, WorkExceededError } from "../../../src/rules/work.ts";
import { limits } from "../../../src/shared/limits.ts";
import { randomRuns } from "../../support/random-runs.ts";
import { randomDocument, randomVote } from "./random-rules.ts";
import { inputOf, ruleOf } from "./rules.ts";

/** What an evaluation takes. */
function workOf(rule: Rule, input: RuleInput, hidden?: ReadonlySet<string>): number {
  const work = new Work(Infinity);
  evaluateOutcome(rule, input, { work, ...(hidden && { hidden }) });
  return work.spent;
}

/** The least bound under which a draft of such a rule is taken. */
function mostWork(rule: Rule, regions: readonly string[], figureBits: number): number {
  let [refused, taken] = [0, 10_000_000];
  while (taken - refused > 1) {
    const middle = Math.floor((refused + taken) / 2);
    const faults = findEvaluationFaults(
      rule,
      { regions, electorates: regions, figureBits },
      middle,
    );
    if (faults.length > 0) refused = middle;
    else taken = middle;
  }
  return taken;
}

describe("the work of a rule", () => {
  it("is the same whenever it is asked for", () => {
    const rule = ruleOf({ requirements: [{ id: "r", each: "regions", meets: "for" }] });
    const input = inputOf({ a: { yes: 3, no: 1 }, b: { yes: 1, no: 9 } });
    const [first, second] = [workOf(rule, input), workOf(rule, input)];
    expect(first).toBeGreaterThan(0);
    expect(second).toBe(first);
  });

  it("grows with regions and with tests", () => {
    const rule = (tests: number) =>
      ruleOf({
        requirements: [
          { id: "r", each: "regions", meets: { all: Array.from({ length: tests }, () => "for") } },
        ],
      });
    const vote = (regions: number) =>
      inputOf(
        Object.fromEntries(Array.from({ length: regions }, (_, at) => [`r${at}`, { yes: 1 }])),
      );
    const base = workOf(rule(2), vote(20));
    expect(workOf(rule(2), vote(40))).toBeGreaterThan(1.8 * base);
    expect(workOf(rule(4), vote(20))).toBeGreaterThan(1.5 * base);
  });

  it("of a draft that is taken is enough for every vote on it, shown or hidden", () => {
    let looks = 0;
    fc.assert(
      fc.property(randomDocument, fc.array(randomVote, { maxLength: 8 }), (document, votes) => {
        const parsed = parseRule(document, limits);
        if ("faults" in parsed) return;
        for (const { input, codes, figureBits } of votes) {
          const most = mostWork(parsed.rule, codes, figureBits);
          for (const hidden of [new Set<string>(), new Set(codes), new Set(codes.slice(1))]) {
            expect(workOf(parsed.rule, input, hidden)).toBeLessThanOrEqual(most);
            looks += 1;
          }
        }
      }),
      { numRuns: randomRuns(300) },
    );
    expect(looks).toBeGreaterThan(randomRuns(300));
  });

  it("of a forecast ends at its bound, and then says that it is unknown", () => {
    const reasons = new Set<string>();
    fc.assert(
      fc.property(randomDocument, randomVote, fc.nat(4_000), (document, { input }, workMax) => {
        const parsed = parseRule(document, limits);
        if ("faults" in parsed) return;
        if ("faults" in evaluateOutcome(parsed.rule, input)) return;
        const work = new Work(workMax);
        const forecast = forecastOutcome(parsed.rule, input, work);
        const changes = [forecast?.noToYes, forecast?.abstainToYes, forecast?.yesToNo];
        const found = [forecast?.furtherYes, ...changes];
        for (const one of found) if (one?.type === "unknown") reasons.add(one.reason);
      }),
      { numRuns: randomRuns(600) },
    );
    expect(reasons).toContain("too_much_work");
  });
});

it("an answer writes a unit once, also of what must not be, and is as long as its work allows", () => {
  const names = Array.from({ length: 1_000 }, (_, at) => `${at}`.padStart(190, "x"));
  const test = { not: { count: { units: "g", that: "for" }, at_least: 1 } };
  const requirements = Array.from({ length: 14 }, (_, at) => ({ id: `r${at}`, ...test }));
  const work = new Work(limits.ruleRequestWorkMax);
  const rule = ruleOf({ groups: { g: names }, requirements });
  const outcome = evaluateOutcome(rule, inputOf({ a: { yes: 1 } }), { work });
  if ("faults" in outcome) throw new Error("it lacks figures");
  const text = JSON.stringify(viewRuleOutcome(outcome));
  expect(text.split(names[7] ?? "").length - 1).toBe(requirements.length);
  // At most 32 characters a unit of work, so 10 MB of the most that a request may take.
  expect(text.length).toBeLessThan(32 * work.spent);
});

describe("the worst rules", () => {
  it.each(worstRules().map((worst) => [worst.name, worst] as const))(
    "%s: are refused, or stay within the work of a request",
    (_, { document, input }) => {
      const work = new Work(limits.ruleRequestWorkMax);
      const parsed = parseRule(document, limits, work);
      if ("faults" in parsed) {
        expect(parsed.faults).toMatchObject([
          { detail: expect.stringContaining("too much to read") },
        ]);
        return;
      }
      try {
        expect(evaluateOutcome(parsed.rule, input, { work })).not.toHaveProperty("faults");
      } catch (error) {
        expect(error).toBeInstanceOf(WorkExceededError);
        return;
      }
      expect(work.left).toBeGreaterThan(0);
      expect(forecastOutcome(parsed.rule, input, work)).not.toBeNull();
    },
  );

  it("leave a look at the outcome within its work, or are refused in the draft", () => {
    const seen = { taken: 0, refused: 0 };
    for (const { document, input } of worstRules()) {
      const parsed = parseRule(document, limits);
      if ("faults" in parsed) continue;
      const regions = [...input.regions.keys()];
      const expected = { regions, electorates: regions, figureBits: 150 };
      const isTaken =
        findEvaluationFaults(parsed.rule, expected, limits.ruleOutcomeWorkMax).length === 0;
      seen[isTaken ? "taken" : "refused"] += 1;
      if (isTaken) expect(workOf(parsed.rule, input)).toBeLessThan(limits.ruleOutcomeWorkMax);
    }
    expect(seen.taken).toBeGreaterThan(3);
    expect(seen.refused).toBeGreaterThan(3);
  });
});

describe("every preset", () => {
  const codes = Array.from({ length: limits.regionsMax }, (_, index) => `region ${index}`);

  it.each(presets.map(({ name, rule }) => [name, rule] as const))(
    "%s can be put to a vote of 1,000 regions",
    (_, document) => {
      const parsed = parseRule(widened(document, codes), limits);
      if ("faults" in parsed) throw new Error(JSON.stringify(parsed.faults));
      const expected = { regions: codes, electorates: codes, figureBits: 96 };
      expect(findEvaluationFaults(parsed.rule, expected, limits.ruleOutcomeWorkMax)).toEqual([]);
    },
  );

  it.each(presets.map(({ name, rule }) => [name, rule] as const))(
    "%s has a forecast of its own regions within a look",
    (_, document) => {
      const rule = ruleOf(document);
      const input = presetInput(document);
      const work = new Work(limits.ruleLookWorkMax);
      expect(evaluateOutcome(rule, input, { work })).not.toHaveProperty("faults");
      const further = forecastOutcome(rule, input, work)?.furtherYes;
      expect(further?.type === "unknown" ? further.reason : "known").not.toBe("too_much_work");
    },
  );
});

describe("a forecast within a look", () => {
  it.each([
    ["weighed by a table of 1,000 regions", "one requirement weighed"],
    ["that compares units with ballots", "no search"],
  ])("is known of a rule %s", (_, name) => {
    const worst = worstRules().find((one) => one.name === name);
    if (worst === undefined) throw new Error(name);
    const rule = ruleOf(worst.document);
    const work = new Work(limits.ruleLookWorkMax);
    expect(evaluateOutcome(rule, worst.input, { work })).not.toHaveProperty("faults");
    expect(forecastOutcome(rule, worst.input, work)?.furtherYes?.type).not.toBe("unknown");
  });
});

/** A preset with tables of all these regions, and with groups that share them out. */
function widened(document: Readonly<Record<string, unknown>>, codes: readonly string[]) {
  const { tables, groups } = document as {
    tables?: Record<string, object>;
    groups?: Record<string, string[]>;
  };
  const table = Object.fromEntries(
    codes.map((code, index) => [code, 1 + ((index * 7_919) % 9_973)]),
  );
  const flat = Object.entries(groups ?? {}).filter(
    ([, members]) => !members.some((member) => groups?.[member] !== undefined),
  );
  const shared = flat.map(([name], at) => [
    name,
    codes.filter((_, index) => index % flat.length === at),
  ]);
  return {
    ...document,
    ...(tables && { tables: Object.fromEntries(Object.keys(tables).map((name) => [name, table])) }),
    ...(groups && { groups: { ...groups, ...Object.fromEntries(shared) } }),
  };
}
