import { z } from "zod";
import { describeRule } from "../rules/describe-rule.ts";
import { ruleMeasure } from "../rules/measure.ts";
import { findRuleWarnings, ruleWarningCodes } from "../rules/rule-warnings.ts";
import type { Rule } from "../rules/rule.ts";
import { limits } from "../shared/limits.ts";
import { readFrozenRule, readRuleText } from "./decision-rule.ts";
import type { Decision, DecisionDraft } from "./decision.ts";

export const measureSchema = z
  .object({
    by: z
      .enum(["ballots", "weight", "both"])
      .describe("Heads, weights, or some requirements by each"),
    units: z
      .enum(["regions", "groups"])
      .nullable()
      .describe("Whether regions, or groups of them, count as units besides"),
  })
  .describe("What the rule looks at, and so what a board of its votes has to be drawn in");

export const ruleWarningsSchema = z
  .array(z.object({ code: z.enum(ruleWarningCodes), pointer: z.string(), detail: z.string() }))
  .describe("What is allowed and may surprise, with its place in the body (RFC 6901)");

/** What a decision says of its rule besides the document. */
export function noteRule({ draft, roll }: Pick<Decision, "draft" | "roll">) {
  const rule = draftRule(draft);
  const warnings = findRuleWarnings(rule, hasWeights(draft, roll));
  return {
    measure: ruleMeasure(rule),
    warnings: warnings.map(({ pointer, ...rest }) => ({ pointer: `/rule${pointer}`, ...rest })),
  };
}

/** A decision's rule: its document, its clauses, and what is to be known of it. */
export function viewRule(decision: Pick<Decision, "draft" | "roll">) {
  const { draft } = decision;
  const description = describeRule(draftRule(draft));
  return { rule: { ...readRuleText(draft.rule) }, description, ...noteRule(decision) };
}

/** Whether some ballots weigh more than others; null while the roll is not known. */
function hasWeights(
  { electorate, weightMax }: DecisionDraft,
  roll: Decision["roll"],
): boolean | null {
  if (electorate === "open") return weightMax > 1;
  return roll === null ? null : roll.weight !== String(roll.voters);
}

/** Rules by the draft that they stand in: an object that is read again and again is read once. */
const rules = new WeakMap<DecisionDraft, Rule>();

/** The rule of a draft, which was found sound before it was kept. */
function draftRule(draft: DecisionDraft): Rule {
  const known = rules.get(draft);
  if (known !== undefined) return known;
  const rule = readFrozenRule(draft.rule, limits);
  rules.set(draft, rule);
  return rule;
}
