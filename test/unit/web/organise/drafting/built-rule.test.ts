import { describe, expect, it } from "vitest";
import { parseRule } from "../../../../../src/rules/parse-rule.ts";
import { presets } from "../../../../../src/rules/presets/presets.ts";
import { limits } from "../../../../../src/shared/limits.ts";
import { ruleDocument } from "../../../../../src/web/organise/drafting/built-rule.ts";
import { isSame, readBuiltRule } from "../../../../../src/web/organise/drafting/read-built-rule.ts";
import { ruleOfForm } from "../../../../../src/web/organise/drafting/read-form.ts";
import { findTemplate, templateKeys } from "../../../../../src/web/organise/drafting/templates.ts";

describe("the builder of rules", () => {
  it.each(templateKeys)("writes a sound rule for the template %s, and reads it back", (key) => {
    const { rule } = findTemplate(key);
    const document = ruleOfForm(rule);
    expect(parseRule(document, limits)).toHaveProperty("rule");
    expect(rule.kind === "built" && readBuiltRule(document)).toEqual(
      rule.kind === "built" && rule.rule,
    );
  });

  it.each(presets.map(({ name, rule }) => [name, rule] as const))(
    "shows the preset %s whole, or leaves it to JSON",
    (_, rule) => {
      const built = readBuiltRule(rule);
      expect(built === null || isSame(ruleDocument(built), rule)).toBe(true);
    },
  );

  it("shows the majorities that most bodies have", () => {
    const shown = presets
      .filter(({ rule }) => readBuiltRule(rule) !== null)
      .map(({ name }) => name);
    expect(shown).toEqual(
      expect.arrayContaining([
        "simple-majority",
        "two-thirds-present-and-voting",
        "absolute-majority",
        "turnout-quorum-referendum",
        "danish-constitution",
        "silence-procedure",
      ]),
    );
  });

  it.each([
    ["a clause that makes up for it", { deemed_met_when: { count: "no", at_most: 0 } }],
    ["a rounded share", { rounded: "up" }],
    ["a kind that it has no word for", { count: "blank" }],
  ])("leaves a rule with %s to JSON", (_, more) => {
    const majority = { id: "m", count: "yes", more_than: "1/2", of: ["yes", "no"] };
    expect(readBuiltRule({ requirements: [majority] })).not.toBeNull();
    expect(readBuiltRule({ requirements: [{ ...majority, ...more }] })).toBeNull();
  });

  it("reads no rule from what is none", () => {
    for (const document of [null, [], "x", {}, { requirements: {} }, { requirements: [1] }]) {
      expect(readBuiltRule(document)).toBeNull();
    }
  });
});
