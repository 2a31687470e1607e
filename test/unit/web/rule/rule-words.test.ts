import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeRule, type RuleDescription } from "../../../../src/rules/describe-rule.ts";
import { parseRule } from "../../../../src/rules/parse-rule.ts";
import { presets } from "../../../../src/rules/presets/presets.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { createI18n } from "../../../../src/web/i18n/create-i18n.ts";
import { conditionWords } from "../../../../src/web/rule/rule-words.ts";
import { randomDocument } from "../../rules/random-rules.ts";

const i18n = createI18n("en");

function describeDocument(document: unknown): RuleDescription {
  const parsed = parseRule(document, limits);
  if ("faults" in parsed) throw new Error(JSON.stringify(parsed.faults));
  return describeRule(parsed.rule);
}

function wordsOf({ requirements }: RuleDescription): string[] {
  return requirements.flatMap(({ clause, deemed_met_when: otherwise }) => [
    conditionWords(i18n, clause),
    ...(otherwise === null ? [] : [conditionWords(i18n, otherwise)]),
  ]);
}

const ofVotes = ["yes", "no"];
const regions = ["north", "south", "delta"];

describe("a rule in words", () => {
  it.each([
    [
      { count: "yes", more_than: "1/2", of: ofVotes },
      "the number of yes votes is more than 1/2 of all yes and no votes",
    ],
    [
      { count: { weight: "yes" }, at_least: "2/3", of: { weight: ["yes", "no", "abstain"] } },
      "the weight of yes votes is at least 2/3 of the weight of all yes and no votes and abstentions",
    ],
    [
      { count: "present", more_than: "1/2", of: "eligible" },
      "the number of voters present is more than 1/2 of all eligible voters",
    ],
    [{ count: "no", at_most: 1000 }, "the number of no votes is at most 1,000"],
    [{ count: "yes", more_than: 1, of: "no" }, "more vote yes than no"],
    [
      { count: "yes", at_least: 1, of: ["no", "abstain"] },
      "the number of yes votes is at least the number of no votes and abstentions",
    ],
    [
      { count: { ballots: "present", less: "abstain" }, at_least: 5 },
      "the number of voters present without abstentions is at least 5",
    ],
    [
      { count: "yes", at_least: "2/3", of: "present", rounded: "nearest" },
      "the number of yes votes is at least 2/3 of all voters present, rounded to the nearest whole number",
    ],
    [
      { count: { units: "regions", that: "for" }, more_than: "1/2", of: { units: "regions" } },
      "the number of regions in which more vote yes than no is more than 1/2 of all regions",
    ],
    [
      { count: { units: ["north", "south"], that: "against" }, at_most: 0 },
      "the number of regions among north and south in which more vote no than yes is zero",
    ],
    [
      { each: regions, meets: "not_against" },
      "in each of north, south and delta, no more vote no than yes",
    ],
    [
      {
        any: [
          { within: "north", count: "yes", at_least: 4 },
          { not: { count: "no", at_least: 9 } },
        ],
      },
      "in north, the number of yes votes is at least 4 or it is not so that the number of no votes is at least 9",
    ],
    [
      { count: { weigh: "seats_of_all", that: "for", called: "cantons" }, at_least: 12 },
      "the sum of “seats of all” over the cantons in which more vote yes than no is at least 12",
    ],
    [
      { count: { ballots: "yes", within: ["north", "south"] }, at_least: 3 },
      "the number of yes votes in north and south is at least 3",
    ],
  ])("%#: %o", (requirement, words) => {
    const tables = { seats_of_all: { north: 10, south: 20, delta: 3 } };
    const rule = describeDocument({ tables, requirements: [{ id: "one", ...requirement }] });
    expect(wordsOf(rule)).toEqual([words]);
  });

  it.each(presets.map(({ name, rule }) => ({ name, rule })))(
    "is there for $name, without a gap",
    ({ rule }) => {
      expectWhole(wordsOf(describeDocument(rule)));
    },
  );

  it("is there for every valid rule, without a gap", () => {
    let told = 0;
    fc.assert(
      fc.property(randomDocument, (document) => {
        const parsed = parseRule(document, limits);
        if ("faults" in parsed) return;
        told += 1;
        expectWhole(wordsOf(describeRule(parsed.rule)));
      }),
      { numRuns: 300 },
    );
    expect(told).toBeGreaterThan(30);
  });

  it("names eight of many, and counts the others", () => {
    const names = Array.from({ length: 900 }, (_, index) => `region_${index}`);
    const rule = describeDocument({
      requirements: [{ id: "one", each: names, meets: "for" }],
    });
    expect(wordsOf(rule)).toEqual([
      "in each of region 0, region 1, region 2, region 3, region 4, region 5, region 6, region 7 and 892 more, more vote yes than no",
    ]);
  });
});

/** No message is missing, and no placeholder was left as it is. */
function expectWhole(words: readonly string[]): void {
  expect(words.length).toBeGreaterThan(0);
  for (const each of words) {
    expect(each).not.toMatch(/undefined|null|NaN|[{}]|\[object/);
    expect(each.trim()).not.toBe("");
  }
}
