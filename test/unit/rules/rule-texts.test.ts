import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findPreset } from "../../../src/rules/presets/presets.ts";
import { inputOf, outcomeOf, ruleOf, type PlainCounts } from "./rules.ts";

/** What a body's own text says of a vote: `text` is the article or paragraph that says it. */
interface RuleText {
  preset: string;
  text: string;
  says: string;
  groups?: Record<string, string[]>;
  regions: Record<string, PlainCounts>;
  outcome: string;
  missed: string[];
}

const ruleTexts = JSON.parse(
  readFileSync(new URL("../../data/rule-texts.json", import.meta.url), "utf8"),
) as RuleText[];

/** Regions of which the vote says nothing: nobody voted there. */
function regionsOf(rule: Readonly<Record<string, unknown>>): Record<string, PlainCounts> {
  const groups = (rule["groups"] ?? {}) as Record<string, string[]>;
  const codes = Object.values(groups)
    .flat()
    .filter((code) => !Object.hasOwn(groups, code));
  return Object.fromEntries(codes.map((code) => [code, {}]));
}

describe("presets come to what the bodies' own texts say", () => {
  it("has texts for each body", () => {
    expect(new Set(ruleTexts.map(({ preset }) => preset))).toEqual(
      new Set([
        "rhine-commission",
        "lake-constance-commission",
        "fsc-general-assembly",
        "silence-procedure",
      ]),
    );
  });

  it.each(ruleTexts)("$preset, $text: $says", ({ preset, groups, regions, outcome, missed }) => {
    const document = findPreset(preset)?.rule ?? {};
    const rule = ruleOf({ ...document, ...(groups === undefined ? {} : { groups }) });
    const found = outcomeOf(rule, inputOf({ ...regionsOf(document), ...regions }));
    expect(found.outcome).toBe(outcome);
    expect(found.requirements.flatMap(({ id, isMet }) => (isMet ? [] : [id]))).toEqual(missed);
  });
});
