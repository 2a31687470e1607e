import { I18nProvider } from "@lingui/react";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { describeRule } from "../../../../src/rules/describe-rule.ts";
import { createI18n } from "../../../../src/web/i18n/create-i18n.ts";
import RuleInWords from "../../../../src/web/rule/rule-in-words.tsx";
import { presetRule, ruleOf } from "../../rules/rules.ts";

/** The sentences of a rule, a line each; items of lists begin with a dash. */
function linesOf(rule: Parameters<typeof describeRule>[0]): string[] {
  const section = createElement(RuleInWords, { description: describeRule(rule) });
  const html = renderToStaticMarkup(
    createElement(I18nProvider, { i18n: createI18n("en") }, section),
  );
  const lines = html
    .replaceAll("<li>", "\n- ")
    .replaceAll(/<(?:p|div|\/h2)[^>]*>/g, "\n")
    .replaceAll(/<[^>]+>/g, "")
    .replaceAll(/&[a-z]+;/g, " ");
  return lines.split("\n").filter((line) => line !== "");
}

it("is a sentence where there is one condition", () => {
  expect(linesOf(presetRule("simple-majority"))).toEqual([
    "The rule",
    "Simple majority",
    "It is carried if the number of yes votes is more than 1/2 of all yes and no votes.",
    "Equal votes for and against are a tie, and do not carry it.",
  ]);
});

it("tells the quorum first, and speaks of a tie only where there can be one", () => {
  const rule = ruleOf({
    requirements: [
      { id: "came", quorum: true, count: "cast", at_least: 10 },
      { id: "most", count: "yes", more_than: "1/2", of: "eligible" },
    ],
  });
  expect(linesOf(rule)).toEqual([
    "The rule",
    "There is a quorum if the number of ballots cast is at least 10.",
    "With a quorum, it is carried if the number of yes votes is more than 1/2 of all eligible voters.",
  ]);
});

it("lists several conditions, and parts of one below it", () => {
  const rule = ruleOf({
    on_tie: "not_carried",
    requirements: [
      { id: "most", count: "yes", more_than: "1/2", of: ["yes", "no"] },
      {
        id: "either",
        any: [
          { count: "yes", at_least: 7 },
          { count: "no", at_most: 0 },
        ],
        deemed_met_when: { count: "cast", at_least: 50 },
      },
    ],
  });
  expect(linesOf(rule)).toEqual([
    "The rule",
    "It is carried if all of this holds:",
    "- the number of yes votes is more than 1/2 of all yes and no votes",
    "- any of this holds:",
    "- the number of yes votes is at least 7",
    "- the number of no votes is zero",
    "or else the number of ballots cast is at least 50",
    "Equal votes for and against do not carry it.",
  ]);
});
