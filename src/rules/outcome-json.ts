import { z } from "zod";
import type { Finding, UnitFinding } from "./finding.ts";
import type { Outcome } from "./outcome.ts";
import { formatRatio, ratio, type Ratio } from "./ratio.ts";
import { bounds } from "./rule.ts";

export const verdicts = ["carried", "not_carried", "no_quorum", "tie"] as const;

/** An exact figure as text: `"41"` or `"17/2"`. */
const figureSchema = z.string();

const unitSchema = z.object({ unit: z.string(), met: z.boolean(), weight: figureSchema });

const findingShape = {
  met: z.boolean(),
  sentence: z.string(),
  bound: z.enum(bounds).nullable(),
  actual: figureSchema.nullable(),
  base: figureSchema.nullable(),
  share: figureSchema.nullable(),
  threshold: figureSchema.nullable(),
  needed: figureSchema.nullable(),
  units: z.array(unitSchema),
  missed: figureSchema.nullable(),
};

/**
 * A finding and what it is put together from, three levels in words; deeper parts are in the
 * sentences.
 */
const partSchema = z.object(findingShape);

export const ruleOutcomeSchema = z.object({
  outcome: z.enum([...verdicts, "undecided"]),
  if_closed_now: z.enum(verdicts),
  sentence: z.string(),
  requirements: z.array(
    z.object({
      id: z.string(),
      quorum: z.boolean(),
      ...findingShape,
      parts: z.array(partSchema),
      clause: partSchema.nullable(),
    }),
  ),
});
export type OutcomeView = z.infer<typeof ruleOutcomeSchema>;

/** An outcome as the API shows it; every figure is exact. */
export function viewRuleOutcome(outcome: Outcome): OutcomeView {
  return {
    outcome: outcome.outcome,
    if_closed_now: outcome.ifClosedNow,
    sentence: outcome.sentence,
    requirements: outcome.requirements.map((finding) => ({
      id: finding.id,
      quorum: finding.isQuorum,
      ...viewFinding(finding),
      parts: finding.parts.map(viewFinding),
      clause: finding.clause === null ? null : viewFinding(finding.clause),
    })),
  };
}

function viewFinding({ isMet, sentence, figures, units, missed }: Finding) {
  return {
    met: isMet,
    sentence,
    bound: figures?.bound ?? null,
    actual: textOf(figures?.actual),
    base: textOf(figures?.base),
    share: shareOf(figures?.actual, figures?.base),
    threshold: textOf(figures?.threshold),
    needed: textOf(figures?.needed),
    units: units.map(viewUnit),
    missed: textOf(missed),
  };
}

function viewUnit({ unit, isMet, weight }: UnitFinding) {
  return { unit, met: isMet, weight: formatRatio(weight) };
}

function textOf(figure: Ratio | null | undefined): string | null {
  return figure === null || figure === undefined ? null : formatRatio(figure);
}

function shareOf(actual: Ratio | undefined, base: Ratio | null | undefined): string | null {
  if (actual === undefined || base === null || base === undefined) return null;
  if (base.numerator <= 0n) return null;
  return formatRatio(
    ratio(actual.numerator * base.denominator, actual.denominator * base.numerator),
  );
}
