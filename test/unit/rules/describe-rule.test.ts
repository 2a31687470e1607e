import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  describeRule,
  type Clause,
  type MeasureDescription,
  type UnitsDescription,
  type VotesDescription,
} from "../../../src/rules/describe-rule.ts";
import { parseRule } from "../../../src/rules/parse-rule.ts";
import { presets } from "../../../src/rules/presets/presets.ts";
import type { Rule } from "../../../src/rules/rule.ts";
import { limits } from "../../../src/shared/limits.ts";
import { randomRuns } from "../../support/random-runs.ts";
import { randomDocument } from "./random-rules.ts";
import { presetRule, ruleOf } from "./rules.ts";

/** A rule's document made again from its description alone, with the tables and groups it names. */
function documentFrom(rule: Rule, document: Readonly<Record<string, unknown>>): object {
  const { title, on_tie, requirements } = describeRule(rule);
  const { tables, groups } = document;
  return {
    ...(title !== "" && { title }),
    on_tie,
    ...(tables !== undefined && { tables }),
    ...(groups !== undefined && { groups }),
    requirements: requirements.map(({ id, quorum, clause, deemed_met_when: other }) => ({
      id,
      ...(quorum && { quorum }),
      ...testFrom(clause),
      ...(other !== null && { deemed_met_when: testFrom(other) }),
    })),
  };
}

function testFrom(clause: Clause): object {
  switch (clause.type) {
    case "stance": {
      const of = (kind: string) => ({ [clause.by]: kind });
      if (clause.stance === "voting") return { count: of("cast"), at_least: 1 };
      const [one, other] = clause.stance.endsWith("for") ? ["yes", "no"] : ["no", "yes"];
      const test = { count: of(one ?? ""), more_than: 1, of: of(other ?? "") };
      return clause.stance.startsWith("not_") ? { not: test } : test;
    }
    case "all":
    case "any":
      return { [clause.type]: clause.clauses.map(testFrom) };
    case "not":
      return { not: testFrom(clause.clause) };
    case "each":
      return { each: unitsFrom(clause.units), meets: testFrom(clause.clause) };
    case "within":
      return { within: partsFrom(clause.parts), meets: testFrom(clause.clause) };
    default:
      return {
        count: measureFrom(clause.count),
        [clause.bound]: clause.figure,
        ...(clause.of !== null && { of: measureFrom(clause.of) }),
        ...(clause.rounded !== null && { rounded: clause.rounded }),
      };
  }
}

function measureFrom(measure: MeasureDescription): object {
  if (measure.type === "votes") return votesFrom(measure);
  if (measure.type === "within")
    return { within: partsFrom(measure.parts), ...measureFrom(measure.measure) };
  const called = measure.called === null ? {} : { called: measure.called };
  const units = unitsFrom(measure.units);
  if (measure.type === "shares") {
    const { table, part, of_each, when_empty } = measure;
    return {
      shares: table,
      units,
      ...votesFrom(part),
      of_each: of_each.plus,
      when_empty,
      ...called,
    };
  }
  const { that, weigh } = measure;
  return {
    units,
    weigh: typeof weigh === "string" ? weigh : weigh.table,
    ...(that !== null && { that: testFrom(that) }),
    ...called,
  };
}

function votesFrom({ by, plus, less }: VotesDescription): object {
  return { [by]: plus, ...(less.length > 0 && { less }) };
}

function unitsFrom(units: UnitsDescription): unknown {
  if (units.type === "group") return units.group;
  if (units.type === "table") return units.table;
  return units.type === "listed" ? units.names : units.type;
}

function partsFrom(parts: readonly string[]): unknown {
  return parts.length === 1 ? parts[0] : parts;
}

/** What a rule asks for, without what its sentences call things. */
function meaningOf({ onTie, requirements }: Rule): unknown {
  return JSON.parse(
    JSON.stringify({ onTie, requirements }, (member, value: unknown) => {
      if (typeof value === "bigint") return `${value}n`;
      if (value instanceof Map) return [...value];
      return ["pointer", "label", "name"].includes(member) ? undefined : value;
    }),
  );
}

/** A stance is written out, and so goes a level deeper than its word. */
const widerLimits = { ...limits, ruleDepthMax: 99, ruleTestsMax: 9_999, ruleReadWorkMax: 1e9 };

describe("the description of a rule", () => {
  it.each(presets.map(({ name, rule }) => ({ name, rule })))(
    "says of $name all that its document asks for",
    ({ name, rule }) => {
      const read = presetRule(name);
      expect(meaningOf(ruleOf(documentFrom(read, rule)))).toEqual(meaningOf(read));
    },
  );

  it("is there for every valid rule, and says all that it asks for", () => {
    let described = 0;
    fc.assert(
      fc.property(randomDocument, (document) => {
        const parsed = parseRule(document, limits);
        if ("faults" in parsed) return;
        described += 1;
        const { rule } = parsed;
        const again = parseRule(
          documentFrom(rule, document as Record<string, unknown>),
          widerLimits,
        );
        expect("rule" in again && meaningOf(again.rule)).toEqual(meaningOf(rule));
      }),
      { numRuns: randomRuns(2_000) },
    );
    expect(described).toBeGreaterThan(randomRuns(200));
  });

  it("names groups and tables, and repeats no list of them", () => {
    const names = Array.from({ length: 900 }, (_, index) => `region ${index}`);
    const units = { count: { units: "all", that: "for" }, at_least: 4 };
    const rule = ruleOf({
      groups: { all: names },
      requirements: Array.from({ length: 20 }, (_, index) => ({
        id: `r${index}`,
        ...units,
        at_least: index + 1,
      })),
    });
    const text = JSON.stringify(describeRule(rule));
    expect(text).toContain('"group":"all","count":900');
    expect(text.length).toBeLessThan(10_000);
  });
});

describe("a clause of a rule", () => {
  const clauseOf = (requirement: object) =>
    describeRule(
      ruleOf({
        tables: { weights: { a: 1, b: 2 } },
        groups: { lower: ["a", "b"] },
        requirements: [{ id: "r", ...requirement }],
      }),
    ).requirements[0]?.clause;
  const stance = (word: string, by = "ballots") => ({ type: "stance", stance: word, by });
  const votes = (...plus: string[]) => ({ type: "votes", by: "ballots", plus, less: [] });
  const bound = (count: object, at: string, figure: string, of: object | null = null) => ({
    type: "compare",
    count,
    bound: at,
    figure,
    of,
    rounded: null,
  });

  it.each([
    [{ meets: "for" }, stance("for")],
    [{ meets: "against" }, stance("against")],
    [{ meets: "not_for" }, stance("not_for")],
    [{ meets: "not_against" }, stance("not_against")],
    [{ meets: "voting" }, stance("voting")],
    [{ count: "yes", more_than: 1, of: "no" }, stance("for")],
    [{ count: "no", more_than: "3/3", of: "yes" }, stance("against")],
    [{ not: { count: "yes", more_than: 1, of: "no" } }, stance("not_for")],
    [{ not: { count: "no", more_than: 1, of: "yes" } }, stance("not_against")],
    [{ count: "cast", at_least: 1 }, stance("voting")],
    [{ count: { weight: "yes" }, more_than: 1, of: { weight: "no" } }, stance("for", "weight")],
    [{ count: { weight: "cast" }, at_least: 1 }, stance("voting", "weight")],
    [{ not: { meets: "not_for" } }, { type: "not", clause: stance("not_for") }],
    [{ not: { meets: "voting" } }, { type: "not", clause: stance("voting") }],
  ])("that is %j is a stance in a word", (requirement, expected) => {
    expect(clauseOf(requirement)).toEqual(expected);
  });

  it.each([
    [{ count: "yes", at_least: 1, of: "no" }, bound(votes("yes"), "at_least", "1", votes("no"))],
    [{ count: "yes", more_than: 2, of: "no" }, bound(votes("yes"), "more_than", "2", votes("no"))],
    [{ count: "yes", more_than: 1 }, bound(votes("yes"), "more_than", "1")],
    [{ count: "yes", at_least: 1 }, bound(votes("yes"), "at_least", "1")],
    [{ count: "cast", more_than: 1 }, bound(votes("cast"), "more_than", "1")],
    [{ count: "cast", at_least: 2 }, bound(votes("cast"), "at_least", "2")],
    [
      { count: "cast", at_least: 1, of: "eligible" },
      bound(votes("cast"), "at_least", "1", votes("eligible")),
    ],
    [
      { count: "abstain", more_than: 1, of: "no" },
      bound(votes("abstain"), "more_than", "1", votes("no")),
    ],
    [
      { count: "yes", more_than: 1, of: "abstain" },
      bound(votes("yes"), "more_than", "1", votes("abstain")),
    ],
    [
      { count: "no", more_than: 1, of: "abstain" },
      bound(votes("no"), "more_than", "1", votes("abstain")),
    ],
    [
      { count: "abstain", more_than: 1, of: "yes" },
      bound(votes("abstain"), "more_than", "1", votes("yes")),
    ],
    [
      { count: ["yes", "abstain"], more_than: 1, of: "no" },
      bound(votes("yes", "abstain"), "more_than", "1", votes("no")),
    ],
    [
      { count: "yes", more_than: 1, of: { weight: "no" } },
      bound(votes("yes"), "more_than", "1", { ...votes("no"), by: "weight" }),
    ],
    [
      { count: { ballots: "yes", less: "abstain" }, more_than: 1, of: "no" },
      bound({ ...votes("yes"), less: ["abstain"] }, "more_than", "1", votes("no")),
    ],
    [
      { count: "yes", more_than: 1, of: { ballots: "no", less: "abstain" } },
      bound(votes("yes"), "more_than", "1", { ...votes("no"), less: ["abstain"] }),
    ],
    [
      { count: "yes", more_than: 1, of: "no", rounded: "up" },
      { ...bound(votes("yes"), "more_than", "1", votes("no")), rounded: "up" },
    ],
    [
      { not: { count: "yes", at_least: 3 } },
      { type: "not", clause: bound(votes("yes"), "at_least", "3") },
    ],
  ])("that is %j is told with its figures", (requirement, expected) => {
    expect(clauseOf(requirement)).toEqual(expected);
  });

  it("of units tells which they are, what they weigh and what they are to meet", () => {
    const regions = { type: "regions" };
    const units = { type: "units", units: regions, that: null, weigh: "one", called: null };
    expect(clauseOf({ count: { units: "regions", that: "for" }, at_least: 2 })).toEqual(
      bound({ ...units, that: stance("for") }, "at_least", "2"),
    );
    const count = { weigh: "weights", that: "against", called: "states" };
    const table = { type: "table", table: "weights", count: 2 };
    expect(
      clauseOf({ count, at_most: "1/2", of: { units: "regions", weigh: "eligible" } }),
    ).toEqual(
      bound(
        {
          ...units,
          units: table,
          that: stance("against"),
          weigh: { table: "weights" },
          called: "states",
        },
        "at_most",
        "1/2",
        { ...units, weigh: "eligible" },
      ),
    );
    const listed = { units: ["a", "c"], that: "voting" };
    expect(clauseOf({ count: listed, less_than: 2 })).toEqual(
      bound(
        { ...units, units: { type: "listed", names: ["a", "c"] }, that: stance("voting") },
        "less_than",
        "2",
      ),
    );
  });

  it("of shares, of each unit or within a part tells what is in it", () => {
    const shares = { shares: "weights", ballots: "yes", of_each: ["yes", "no"] };
    expect(clauseOf({ count: shares, at_least: 2 })).toEqual(
      bound(
        {
          type: "shares",
          table: "weights",
          units: { type: "table", table: "weights", count: 2 },
          part: votes("yes"),
          of_each: votes("yes", "no"),
          when_empty: "lost",
          called: null,
        },
        "at_least",
        "2",
      ),
    );
    expect(clauseOf({ each: "lower", meets: { all: ["for", "voting"] } })).toEqual({
      type: "each",
      units: { type: "group", group: "lower", count: 2 },
      clause: { type: "all", clauses: [stance("for"), stance("voting")] },
    });
    expect(clauseOf({ within: ["lower", "c"], any: ["for", "voting"] })).toEqual({
      type: "within",
      parts: ["lower", "c"],
      clause: { type: "any", clauses: [stance("for"), stance("voting")] },
    });
    const there = { within: "lower", units: "regions", that: "for" };
    expect(clauseOf({ count: there, at_least: 1 })).toMatchObject({
      count: { type: "within", parts: ["lower"], measure: { type: "units", that: stance("for") } },
    });
  });
});
