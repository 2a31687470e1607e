import { countedBy } from "../../rules/counted-by.ts";
import { evaluateOutcome, type Verdict } from "../../rules/outcome.ts";
import { parseRule } from "../../rules/parse-rule.ts";
import { viewRequirement } from "../../rules/outcome-view.ts";
import type { Rule } from "../../rules/rule.ts";
import { Work, WorkExceededError } from "../../rules/work.ts";
import { limits } from "../../shared/limits.ts";
import type { RequirementView } from "../outcome/requirement-words.ts";
import type { CountMeasure } from "../results/measure.ts";
import { supposedInput, type SupposedFigures } from "./supposed-figures.ts";

/** What the rule says of supposed counts. */
export type SupposedOutcome = { verdict: Verdict; requirements: RequirementView[] };

/** Why the rule says nothing: a figure that it needs is not known here, or it takes too long. */
export type SupposedGap = "figures_missing" | "too_much_work";

/** The rule of a document; null where this page's release can't read it. */
export function readSupposedRule(document: unknown): Rule | null {
  const parsed = parseRule(document, limits);
  return "rule" in parsed ? parsed.rule : null;
}

/** What the rule's requirements count votes by. */
export function supposedMeasures({ requirements }: Rule): CountMeasure[] {
  const tests = requirements.flatMap(({ test, deemedMetWhen }) =>
    deemedMetWhen === null ? [test] : [test, deemedMetWhen],
  );
  const found = new Set(tests.flatMap((test) => countedBy(test)));
  return found.size === 0 ? ["ballots"] : [...found];
}

/**
 * Evaluates the rule as the server does, with as much work as a frozen rule may take: supposed
 * figures are longer than votes can be, and the page stands still meanwhile.
 */
export function evaluateSupposed(
  rule: Rule,
  figures: SupposedFigures,
): SupposedOutcome | SupposedGap {
  const outcome = evaluateBounded(rule, figures);
  if (outcome === null) return "too_much_work";
  if ("faults" in outcome) return "figures_missing";
  return {
    verdict: outcome.ifClosedNow,
    requirements: outcome.requirements.map(viewRequirement),
  };
}

function evaluateBounded(rule: Rule, figures: SupposedFigures) {
  const work = new Work(limits.ruleOutcomeWorkMax);
  try {
    return evaluateOutcome(rule, supposedInput(figures), { work });
  } catch (error) {
    if (error instanceof WorkExceededError) return null;
    throw error;
  }
}
