import { readFrozenRule, readRuleText } from "../decision/decision-rule.ts";
import type { Manifest } from "../decision/decision.ts";
import type { RegionFigures, RollFigures } from "../decision/roll.ts";
import type { VoteCounts, RuleInput } from "../rules/rule-input.ts";
import { evaluateOutcome, type EvaluationOptions, type Outcome } from "../rules/outcome.ts";
import { viewRuleOutcome } from "../rules/outcome-view.ts";
import { forecastOutcome } from "../rules/forecast/forecast.ts";
import { viewForecast } from "../rules/forecast-view.ts";
import type { Rule } from "../rules/rule.ts";
import { Work } from "../rules/work.ts";
import {
  emptyRegionTally,
  sumRegionTallies,
  sumTallies,
  type RegionTally,
  type Tally,
} from "../ballot/tally.ts";
import { invariant } from "../shared/invariant.ts";
import { limits } from "../shared/limits.ts";
import { viewRegions, viewTally } from "./view-tally.ts";
import type { DecisionResult } from "./result.ts";

/** Whether every requirement that is a quorum is met by what these shards have counted together. */
export function isQuorate(manifest: Manifest, tallies: readonly Tally[]): boolean {
  const tally = sumTallies(tallies);
  const total = sumRegionTallies(tally.values());
  const input = ruleInput(manifest, { total, regions: tally, isFinal: false });
  const { requirements } = evaluateRule(ruleOf(manifest), input, {});
  return requirements.every(({ isQuorum, isMet }) => isMet || !isQuorum);
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
 * of the answer is the caller's. Whatever would tell of the votes in regions that are not among
 * those `shown` is left out; null where all are.
 */
export function evaluateResult(
  manifest: Manifest,
  result: EvaluatedResult,
  shown: readonly string[] | null,
) {
  const isShown = (code: string) => shown === null || shown.includes(code);
  const hidden = new Set(manifest.regions.flatMap(({ code }) => (isShown(code) ? [] : [code])));
  const { forecast, ...outcome } = evaluateWithForecast(manifest, result, hidden);
  return {
    ...outcome,
    // Where votes are missing would tell how hidden regions voted.
    forecast: hidden.size === 0 ? forecast : null,
    rule: { ...readRuleText(manifest.rule) },
    electorate: viewElectorate(electorateOf(manifest)),
    tally: {
      total: viewTally(result.total),
      regions: viewRegions(new Map([...result.regions].filter(([code]) => isShown(code)))),
    },
  };
}

function evaluateWithForecast(
  manifest: Manifest,
  result: EvaluatedResult,
  hidden: ReadonlySet<string> = new Set(),
) {
  const rule = ruleOf(manifest);
  const input = ruleInput(manifest, result);
  // The outcome is always worked out, whatever it takes: no rule is frozen that could take more than
  // `ruleOutcomeWorkMax`. What the look has left is for the forecast.
  const work = new Work(Infinity);
  const outcome = evaluateRule(rule, input, { hidden, work });
  const left = Math.max(0, limits.ruleLookWorkMax - work.spent);
  const forecast = viewForecast(forecastOutcome(rule, input, new Work(left)));
  return {
    ...viewRuleOutcome(outcome),
    forecast: forecast === null ? null : { ...forecast, ...provenBy(manifest, result, forecast) },
  };
}

function evaluateRule(rule: Rule, input: RuleInput, options: EvaluationOptions): Outcome {
  const outcome = evaluateOutcome(rule, input, options);
  invariant(!("faults" in outcome), "a rule that lacks figures is refused before it is frozen");
  return outcome;
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
  if (manifest.regions.length === 0) return { regions: new Map([["", whole]]), isClosed: isFinal };
  const figures = new Map(electorate?.regions.map((one) => [one.region, one]));
  // Nobody is known to have voted yet where a region's figures are not shown yet.
  const counts = manifest.regions.map(
    ({ code }) =>
      [code, countsOf(regions.get(code) ?? noVotes, figures.get(code) ?? null)] as const,
  );
  return { total: whole, regions: new Map(counts), isClosed: isFinal };
}

const noVotes = emptyRegionTally();

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
