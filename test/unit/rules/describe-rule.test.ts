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
