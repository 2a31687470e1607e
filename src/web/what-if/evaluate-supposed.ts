import { countedBy } from "../../rules/counted-by.ts";
import { evaluateOutcome, type Verdict } from "../../rules/outcome.ts";
import { parseRule } from "../../rules/parse-rule.ts";
import { formatRatio } from "../../rules/ratio.ts";
import type { Rule } from "../../rules/rule.ts";
import { limits } from "../../shared/limits.ts";
import type { RequirementView } from "../outcome/requirement-item.tsx";
import type { CountMeasure } from "../results/measure.ts";
import { supposedInput, type SupposedFigures } from "./supposed-figures.ts";

/** What the rule says of supposed counts. */
export type SupposedOutcome = { verdict: Verdict; requirements: RequirementView[] };

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

/** Evaluates the rule as the server does; null where a figure that it needs is not known here. */
export function evaluateSupposed(rule: Rule, figures: SupposedFigures): SupposedOutcome | null {
  const outcome = evaluateOutcome(rule, supposedInput(figures));
  if ("faults" in outcome) return null;
  return {
    verdict: outcome.ifClosedNow,
    requirements: outcome.requirements.map(({ id, isMet, sentence, figures: found }) => ({
      id,
      met: isMet,
      sentence,
      actual: found === null ? null : formatRatio(found.actual),
      base: found === null || found.base === null ? null : formatRatio(found.base),
      threshold: found === null ? null : formatRatio(found.threshold),
    })),
  };
}
