import type { VoteCounts, RuleInput } from "../../../src/rules/rule-input.ts";
import { evaluateOutcome, type Outcome } from "../../../src/rules/outcome.ts";
import { parseRule } from "../../../src/rules/parse-rule.ts";
import { findPreset } from "../../../src/rules/presets/presets.ts";
import type { Rule, RuleFault } from "../../../src/rules/rule.ts";
import { limits } from "../../../src/shared/limits.ts";

type Figure = number | bigint | [ballots: number, weight: bigint];
export type PlainCounts = Partial<Record<keyof VoteCounts, Figure>>;

/** Counts by kind; a plain figure is as many ballots of weight 1. */
export function countsOf(figures: PlainCounts): VoteCounts {
  const counts = Object.entries(figures).map(([kind, figure]) => [kind, countOf(figure)]);
  const none = { ballots: 0, weight: 0n };
  // The entries are those of the argument, each made a count.
  const given = Object.fromEntries(counts) as Partial<VoteCounts>;
  return { yes: none, no: none, abstain: none, ...given };
}

function countOf(figure: Figure) {
  if (typeof figure === "object") return { ballots: figure[0], weight: figure[1] };
  return { ballots: figure, weight: BigInt(figure) };
}

export function inputOf(
  regions: Record<string, PlainCounts>,
  more: { total?: PlainCounts; isClosed?: boolean; castingVote?: "yes" | "no" } = {},
): RuleInput {
  const { total, isClosed = true, ...rest } = more;
  return {
    regions: new Map(Object.entries(regions).map(([code, counts]) => [code, countsOf(counts)])),
    isClosed,
    ...rest,
    ...(total === undefined ? {} : { total: countsOf(total) }),
  };
}

export function ruleOf(document: unknown): Rule {
  const parsed = parseRule(document, limits);
  if ("faults" in parsed) throw new Error(JSON.stringify(parsed.faults));
  return parsed.rule;
}

export function faultsOf(document: unknown): RuleFault[] {
  const parsed = parseRule(document, limits);
  return "faults" in parsed ? parsed.faults : [];
}

export function presetRule(name: string): Rule {
  const preset = findPreset(name);
  if (preset === null) throw new Error(`no preset ${name}`);
  return ruleOf(preset.rule);
}

export function outcomeOf(rule: Rule, input: RuleInput): Outcome {
  const outcome = evaluateOutcome(rule, input);
  if ("faults" in outcome) throw new Error(JSON.stringify(outcome.faults));
  return outcome;
}

export function findingOf(outcome: Outcome, id: string) {
  const found = outcome.requirements.find((requirement) => requirement.id === id);
  if (found === undefined) throw new Error(`no requirement ${id}`);
  return found;
}
