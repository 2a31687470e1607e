import { describe, expect, it } from "vitest";
import { describeRule } from "../../../../src/rules/describe-rule.ts";
import { evaluateOutcome } from "../../../../src/rules/outcome.ts";
import { viewRequirement } from "../../../../src/rules/outcome-view.ts";
import { presets } from "../../../../src/rules/presets/presets.ts";
import type { Rule } from "../../../../src/rules/rule.ts";
import type { RuleInput } from "../../../../src/rules/rule-input.ts";
import { createI18n } from "../../../../src/web/i18n/create-i18n.ts";
import { requirementName } from "../../../../src/web/rule/name-words.ts";
import { requirementWords } from "../../../../src/web/outcome/requirement-words.ts";
import { allMessages } from "../../../../src/web/server/all-messages.ts";
import { inputOf, presetRule, ruleOf } from "../../rules/rules.ts";

const languages = ["en", "fr", "es", "ar", "zh", "ru"];
const english = createI18n("en");

/** Each requirement of a rule in words: its own first, then those of its parts. */
function linesOf(
  rule: Rule,
  input: RuleInput,
  { i18n = english, hidden = new Set<string>() } = {},
): string[][] {
  const outcome = evaluateOutcome(rule, input, { hidden });
  if ("faults" in outcome) throw new Error(JSON.stringify(outcome.faults));
  const { requirements } = describeRule(rule);
  return outcome.requirements.map((finding, index) => {
    const { words, parts } = requirementWords(i18n, viewRequirement(finding), requirements[index]);
    return [words, ...parts.map((part) => `${part.isMet ? "+" : "-"} ${part.words}`)];
  });
}

const votes = { yes: 40, no: 14, abstain: 3, eligible: 60 };
const requirement = (members: object) => ruleOf({ requirements: [{ id: "one", ...members }] });

describe("a requirement in words", () => {
  it.each([
    [
      { count: "yes", at_least: "3/4", of: ["yes", "no"] },
      [
        "Needed: the number of yes votes is at least 3/4 of all yes and no votes; that is at least 41. Counted: 40 of 54.",
      ],
    ],
    [{ count: "no", at_most: 0 }, ["Needed: the number of no votes is zero. Counted: 14."]],
    [
      { count: "no", less_than: "1/3", of: "cast" },
      [
        "Needed: the number of no votes is less than 1/3 of all ballots cast; that is at most 18. Counted: 14 of 57.",
      ],
    ],
    [
      { count: "yes", more_than: 1, of: "no" },
      ["Needed: more vote yes than no. Counted: yes 40, no 14."],
    ],
    [
      { count: "no", more_than: 1, of: "yes" },
      ["Needed: more vote no than yes. Counted: yes 40, no 14."],
    ],
    [
      { not: { count: "no", more_than: 1, of: "yes" } },
      ["Needed: no more vote no than yes. Counted: yes 40, no 14."],
    ],
    [{ meets: "voting" }, ["Needed: somebody votes. Counted: 57."]],
    [
      { within: "north", count: "yes", at_least: 4 },
      ["Needed: in north, the number of yes votes is at least 4. Counted: 30."],
    ],
    [
      { each: ["north", "south"], meets: "for" },
      [
        "Needed: in each of north and south, more vote yes than no. Counted: 1 of 2. Not met by: south.",
      ],
    ],
    [
      {
        any: [
          { count: "yes", at_least: 50 },
          { count: "no", at_most: 20 },
        ],
      },
      [
        "Any of this is enough:",
        "- Needed: the number of yes votes is at least 50. Counted: 40.",
        "+ Needed: the number of no votes is at most 20. Counted: 14.",
      ],
    ],
    [
      { within: "south", all: ["voting", "for"] },
      [
        "In south. All of this is needed:",
        "+ Needed: somebody votes. Counted: 22.",
        "- Needed: more vote yes than no. Counted: yes 10, no 12.",
      ],
    ],
    [
      { count: "yes", at_least: 50, deemed_met_when: { count: "no", at_most: 20 } },
      [
        "Needed: the number of yes votes is at least 50. Counted: 40.",
        "+ Or else: Needed: the number of no votes is at most 20. Counted: 14.",
      ],
    ],
  ])("%#: %o", (members, lines) => {
    const regions = { north: { yes: 30, no: 2, abstain: 3 }, south: { yes: 10, no: 12 } };
    expect(linesOf(requirement(members), inputOf(regions, { total: votes }))).toEqual([lines]);
  });

  it("tells no figures of regions that are not shown, only how many units they are", () => {
    const regions = inputOf({ north: { yes: 3, no: 2 }, south: { yes: 1, no: 2 } });
    const hidden = new Set(["south"]);
    const each = requirement({ each: ["north", "south"], meets: "for" });
    expect(linesOf(each, regions, { hidden })).toEqual([
      [
        "Needed: in each of north and south, more vote yes than no. Counted: 1 of 2. Not met by 1 that is not shown.",
      ],
    ]);
    const within = requirement({ within: "south", count: "yes", at_least: 4 });
    expect(linesOf(within, regions, { hidden })).toEqual([
      [
        "Needed: in south, the number of yes votes is at least 4. The figures are of regions that are not shown.",
      ],
    ]);
  });

  it("tells what was counted where the rule could not be read", () => {
    const outcome = evaluateOutcome(presetRule("simple-majority"), inputOf({}, { total: votes }));
    if ("faults" in outcome) throw new Error("the rule has its figures");
    const [finding] = outcome.requirements.map(viewRequirement);
    if (finding === undefined) throw new Error("the rule has a requirement");
    expect(requirementWords(english, finding, undefined).words).toBe("Counted: 40 of 54.");
  });
});

/** Words of English, and in a script of its own any word in Latin letters but a region's code. */
const foreignWords: Record<string, RegExp> = {
  fr: /\b(?:needed|counted|the|number|which|met|else|yes)\b/i,
  es: /\b(?:needed|counted|the|number|which|met|else|yes)\b/i,
  ar: /[a-z]{2}/,
  zh: /[a-z]{2}/,
  ru: /[a-z]{2}/,
};

describe.each(languages)("reasons in %s", (language) => {
  it.each(presets.map(({ name }) => name))(
    "are whole and in no other language: %s",
    async (name) => {
      const i18n = createI18n(language, await allMessages(language));
      const rule = presetRule(name);
      // Regions as the rule names them, each otherwise; of capitals, as codes are.
      const codes = regionsOf(rule);
      const regions = Object.fromEntries(
        codes.map((code, index) => [code, { yes: 3 + (index % 3), no: 4, eligible: 9 }]),
      );
      const lines = linesOf(rule, inputOf(regions), { i18n }).flat();
      const names = rule.requirements.map(({ id }) => requirementName(i18n, id));
      expect(lines.length).toBeGreaterThan(0);
      for (const line of [...lines, ...names]) {
        expect(line).not.toMatch(/undefined|null|NaN|[{}]|\[object|_/);
        const foreign = foreignWords[language];
        if (foreign !== undefined) expect(line).not.toMatch(foreign);
      }
    },
  );
});

function regionsOf({ groups, requirements }: Rule): string[] {
  const named = [...groups.values()].flatMap((group) => [...group.regions]);
  const tabled = JSON.stringify(requirements, (_, value: unknown) =>
    value instanceof Map ? [...value.keys()] : typeof value === "bigint" ? null : value,
  );
  const codes = tabled.match(/(?<=")[A-Z]{2,3}(?=")/g) ?? [];
  return [...new Set([...named, ...codes, ...(named.length + codes.length === 0 ? ["ZZ"] : [])])];
}
