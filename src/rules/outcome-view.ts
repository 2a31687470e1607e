import type { Finding, UnitFinding } from "./finding.ts";
import type { Outcome, RequirementFinding } from "./outcome.ts";
import type { OutcomeView } from "./outcome-json.ts";
import { formatRatio, ratio, type Ratio } from "./ratio.ts";

/** An outcome as the API shows it; every figure is exact. */
export function viewRuleOutcome(outcome: Outcome): OutcomeView {
  return {
    outcome: outcome.outcome,
    if_closed_now: outcome.ifClosedNow,
    sentence: outcome.sentence,
    requirements: outcome.requirements.map(viewRequirement),
  };
}

/** A requirement with its figures, as an outcome shows it. */
export function viewRequirement(finding: RequirementFinding): OutcomeView["requirements"][number] {
  return {
    id: finding.id,
    quorum: finding.isQuorum,
    ...viewFinding(finding),
    parts: finding.parts.map(viewFinding),
    clause: finding.clause === null ? null : viewFinding(finding.clause),
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
