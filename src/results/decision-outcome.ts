import { readFrozenRule, readRuleText } from "../decision/decision-rule.ts";
import type { Manifest } from "../decision/decision.ts";
import type { RegionFigures, RollFigures } from "../decision/roll.ts";
import type { CountedPlace, RuleInput } from "../decision/rules/ground.ts";
import { evaluateRule } from "../decision/rules/outcome.ts";
import { viewOutcome } from "../decision/rules/outcome-json.ts";
import { prospectsOf } from "../decision/rules/prospects/prospects.ts";
import { viewProspects } from "../decision/rules/prospects-json.ts";
import type { Rule } from "../decision/rules/rule.ts";
import { sumRegionTallies, type RegionTally } from "../ballot/tally.ts";
import { invariant } from "../invariant.ts";
import { limits } from "../limits.ts";
import { viewRegions, viewTally } from "./result-json.ts";
import type { DecisionResult } from "./result.ts";
import { groupRegions } from "./small-cells.ts";

/** Whether every requirement that is a quorum is met by now. */
export function isQuorate(
  manifest: Manifest,
  result: Pick<DecisionResult, "total" | "regions" | "isFinal">,
): boolean {
  const { requirements } = judgeResult(manifest, result);
  return requirements.every(({ quorum, met }) => met || !quorum);
}

/** Whether no vote to come can change what the rule says of an open decision. */
export function isDecided(
  manifest: Manifest,
  result: Pick<DecisionResult, "total" | "regions" | "isFinal">,
): boolean {
  const { prospects } = judgeResult(manifest, result);
  return prospects !== null && prospects.certainty !== "open";
}

/** The figures of the electorate that a rule is measured against: the roll's, or what the organiser stated. */
type Electorate = RollFigures & { regions: readonly RegionFigures[] };

/** What a decision's own rule says of a tally, with everything that it was computed from; the head of the answer is the caller's. */
export function judgeResult(
  manifest: Manifest,
  result: Pick<DecisionResult, "total" | "regions" | "isFinal">,
) {
  const rule = ruleOf(manifest);
  const input = ruleInput(manifest, result);
  const outcome = evaluateRule(rule, input);
  invariant(!("faults" in outcome), "a rule that lacks figures is refused before it is frozen");
  const prospects = viewProspects(prospectsOf(rule, input));
  return {
    ...viewOutcome(outcome),
    prospects:
      prospects === null ? null : { ...prospects, ...provenBy(manifest, result, prospects) },
    rule: { ...readRuleText(manifest.rule) },
    electorate: viewElectorate(electorateOf(manifest)),
    tally: { total: viewTally(result.total), ...viewGrouped(manifest, result.regions) },
  };
}

/** The regions of the tally as results show them: the rule is judged on every one, and the small ones are told together. */
function viewGrouped({ smallCellsMin }: Manifest, regions: ReadonlyMap<string, RegionTally>) {
  const ballotsOf = new Map([...regions].map(([code, one]) => [code, viewTally(one).ballots]));
  const { merged } = groupRegions(ballotsOf, smallCellsMin);
  if (merged.length === 0) return { regions: viewRegions(regions) };
  const small = new Set(merged);
  const [shown, hidden] = [false, true].map(
    (isSmall) => new Map([...regions].filter(([code]) => small.has(code) === isSmall)),
  );
  return {
    regions: viewRegions(shown ?? new Map()),
    other_regions: {
      codes: [...merged],
      ...viewTally(sumRegionTallies((hidden ?? new Map()).values())),
    },
  };
}

/**
 * Certainty rests on two things: nobody but the electorate can vote, and a vote once counted stays. A size that is only stated
 * bounds nobody, and a revisable vote may turn; then nothing is certain before the close.
 */
function provenBy(
  { roll, revotePolicy }: Manifest,
  { isFinal }: Pick<DecisionResult, "isFinal">,
  { certainty }: { certainty: "carried" | "lost" | "open" },
): { certainty: typeof certainty } {
  const isBinding = isFinal || (roll !== null && revotePolicy === "final");
  return { certainty: isBinding ? certainty : "open" };
}

/** A tally as the engine takes it. A decision without regions is one nameless place, so that its room for votes is known. */
export function ruleInput(
  manifest: Manifest,
  { total, regions, isFinal }: Pick<DecisionResult, "total" | "regions" | "isFinal">,
): RuleInput {
  const electorate = electorateOf(manifest);
  const whole = placeOf(total, electorate);
  if (regions.size === 0) return { regions: new Map([["", whole]]), isClosed: isFinal };
  const figures = new Map(electorate?.regions.map((one) => [one.region, one]));
  const places = [...regions].map(
    ([region, tally]) => [region, placeOf(tally, figures.get(region) ?? null)] as const,
  );
  return { total: whole, regions: new Map(places), isClosed: isFinal };
}

function placeOf(tally: RegionTally, electorate: RollFigures | null): CountedPlace {
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

/** Rules that were read, by the manifest they stand in: an open decision is judged with every new version. */
const rules = new WeakMap<Manifest, Rule>();

export function ruleOf(manifest: Manifest): Rule {
  const known = rules.get(manifest);
  if (known !== undefined) return known;
  const rule = readFrozenRule(manifest.rule, limits);
  rules.set(manifest, rule);
  return rule;
}
