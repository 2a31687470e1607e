import { readFrozenRule, readRuleText } from "../decision/decision-rule.ts";
import type { Manifest } from "../decision/decision.ts";
import type { RegionFigures, RollFigures } from "../decision/roll.ts";
import type { VoteCounts, RuleInput } from "../rules/rule-input.ts";
import { evaluateOutcome } from "../rules/outcome.ts";
import { viewRuleOutcome, type OutcomeView } from "../rules/outcome-json.ts";
import { forecastOutcome } from "../rules/forecast/forecast.ts";
import { viewForecast } from "../rules/forecast-json.ts";
import type { Rule } from "../rules/rule.ts";
import { sumRegionTallies, type RegionTally } from "../ballot/tally.ts";
import { invariant } from "../shared/invariant.ts";
import { limits } from "../shared/limits.ts";
import { viewRegions, viewTally } from "./result-json.ts";
import type { DecisionResult } from "./result.ts";
import { groupRegions } from "./small-cells.ts";

/** Whether every requirement that is a quorum is met by now. */
export function isQuorate(
  manifest: Manifest,
  result: Pick<DecisionResult, "total" | "regions" | "isFinal">,
): boolean {
  const { requirements } = evaluateWithForecast(manifest, result);
  return requirements.every(({ quorum, met }) => met || !quorum);
}

/** Whether no vote to come can change what the rule says of an open decision. */
export function isDecided(
  manifest: Manifest,
  result: Pick<DecisionResult, "total" | "regions" | "isFinal">,
): boolean {
  const { forecast } = evaluateWithForecast(manifest, result);
  return forecast !== null && forecast.certainty !== "open";
}

/**
 * The figures of the electorate that a rule is measured against: the roll's, or what the organiser
 * stated.
 */
type Electorate = RollFigures & { regions: readonly RegionFigures[] };

type EvaluatedResult = Pick<DecisionResult, "total" | "regions" | "isFinal">;

/**
 * What a decision's own rule says of a tally, with everything that it was computed from; the head
 * of the answer is the caller's.
 */
export function evaluateResult(manifest: Manifest, result: EvaluatedResult) {
  const { forecast, ...outcome } = evaluateWithForecast(manifest, result);
  const counts = new Map([...result.regions].map(([code, tally]) => [code, ballotsIn(tally)]));
  const { shown, merged } = groupRegions(counts, manifest.smallCellsMin);
  const some = (codes: readonly string[]) =>
    new Map([...result.regions].filter(([code]) => codes.includes(code)));
  return {
    ...withoutUnits(outcome, new Set(merged)),
    // Where votes are missing would tell how small regions voted.
    forecast: merged.length === 0 ? forecast : null,
    rule: { ...readRuleText(manifest.rule) },
    electorate: viewElectorate(electorateOf(manifest)),
    tally: {
      total: viewTally(result.total),
      regions: viewRegions(some(shown)),
      ...(merged.length > 0 && {
        other_regions: {
          codes: [...merged],
          ...viewTally(sumRegionTallies(some(merged).values())),
        },
      }),
    },
  };
}

/** The outcome and the forecast on exact figures, before small regions are hidden. */
function evaluateWithForecast(manifest: Manifest, result: EvaluatedResult) {
  const rule = ruleOf(manifest);
  const input = ruleInput(manifest, result);
  const outcome = evaluateOutcome(rule, input);
  invariant(!("faults" in outcome), "a rule that lacks figures is refused before it is frozen");
  const forecast = viewForecast(forecastOutcome(rule, input));
  return {
    ...viewRuleOutcome(outcome),
    forecast: forecast === null ? null : { ...forecast, ...provenBy(manifest, result, forecast) },
  };
}

/**
 * An outcome that does not say of these regions, which are shown as one, how each of them voted.
 */
function withoutUnits(outcome: OutcomeView, hidden: ReadonlySet<string>): OutcomeView {
  if (hidden.size === 0) return outcome;
  const shownOf = <Part extends Pick<OutcomeView["requirements"][number], "units">>(
    part: Part,
  ) => ({
    ...part,
    units: part.units.filter(({ unit }) => !hidden.has(unit)),
  });
  return {
    ...outcome,
    requirements: outcome.requirements.map((requirement) => ({
      ...shownOf(requirement),
      parts: requirement.parts.map(shownOf),
      clause: requirement.clause === null ? null : shownOf(requirement.clause),
    })),
  };
}

function ballotsIn({ yes, no, abstain }: RegionTally): number {
  return yes.ballots + no.ballots + abstain.ballots;
}

/**
 * Certainty rests on two things: nobody but the electorate can vote, and a vote once counted stays.
 * A size that is only stated bounds nobody, and a revisable vote may turn; then nothing is certain
 * before the close.
 */
function provenBy(
  { roll, revotePolicy }: Manifest,
  { isFinal }: Pick<DecisionResult, "isFinal">,
  { certainty }: { certainty: "carried" | "lost" | "open" },
): { certainty: typeof certainty } {
  const isBinding = isFinal || (roll !== null && revotePolicy === "final");
  return { certainty: isBinding ? certainty : "open" };
}

/**
 * A tally as a rule takes it. A decision without regions is one nameless region, so that its
 * headroom is known.
 */
export function ruleInput(
  manifest: Manifest,
  { total, regions, isFinal }: Pick<DecisionResult, "total" | "regions" | "isFinal">,
): RuleInput {
  const electorate = electorateOf(manifest);
  const whole = countsOf(total, electorate);
  if (regions.size === 0) return { regions: new Map([["", whole]]), isClosed: isFinal };
  const figures = new Map(electorate?.regions.map((one) => [one.region, one]));
  const counts = [...regions].map(
    ([region, tally]) => [region, countsOf(tally, figures.get(region) ?? null)] as const,
  );
  return { total: whole, regions: new Map(counts), isClosed: isFinal };
}

function countsOf(tally: RegionTally, electorate: RollFigures | null): VoteCounts {
  if (electorate === null) return tally;
  const { voters, weight } = electorate;
  return { ...tally, eligible: { ballots: voters, weight: BigInt(weight) } };
}

function electorateOf({ roll, electorateSize }: Manifest): Electorate | null {
  return roll ?? electorateSize;
}

function viewElectorate(electorate: Electorate | null) {
  if (electorate === null) return null;
  const { voters, weight, regions } = electorate;
  return { voters, weight, regions: regions.map((one) => ({ ...one })) };
}

/** Parsed rules by their manifest: an open decision is evaluated again with every version. */
const rules = new WeakMap<Manifest, Rule>();

export function ruleOf(manifest: Manifest): Rule {
  const known = rules.get(manifest);
  if (known !== undefined) return known;
  const rule = readFrozenRule(manifest.rule, limits);
  rules.set(manifest, rule);
  return rule;
}
