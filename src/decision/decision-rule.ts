import { invariant } from "../shared/invariant.ts";
import type { DecisionDraft } from "./decision.ts";
import { figuresNeeded, type FiguresNeeded } from "../rules/figures-needed.ts";
import { findEvaluationFaults } from "../rules/most-work.ts";
import { parseRule } from "../rules/parse-rule.ts";
import type { Rule, RuleBounds, RuleFault } from "../rules/rule.ts";

/** A rule's document of docs/rules.md, as a decision's body has it. */
export type RuleDocument = Readonly<Record<string, unknown>>;

/** The name of the rule that a decision has when nobody says otherwise. */
export const defaultPreset = "simple-majority";

/** The document of a rule's text, which was written from a document. */
export function readRuleText(text: string): RuleDocument {
  return JSON.parse(text) as RuleDocument;
}

/** A frozen rule, which was read and found sound before it was frozen. */
export function readFrozenRule(text: string, bounds: RuleBounds): Rule {
  const parsed = parseRule(readRuleText(text), bounds);
  invariant("rule" in parsed, "a frozen rule was read before it was frozen");
  return parsed.rule;
}

/** Why a draft's rule can't be evaluated on it, each fault with its JSON pointer in the draft. */
export function findRuleFaults(draft: DecisionDraft, bounds: RuleBounds): RuleFault[] {
  const parsed = parseRule(readRuleText(draft.rule), bounds);
  const faults =
    "faults" in parsed
      ? parsed.faults
      : faultsOnVotes(parsed.rule, draft, bounds.ruleOutcomeWorkMax);
  return [
    ...faults.map(({ pointer, detail }) => ({ pointer: `/rule${pointer}`, detail })),
    ...("rule" in parsed ? tieFaults(parsed.rule) : []),
    ...("rule" in parsed ? closingFaults(parsed.rule, draft) : []),
  ];
}

/** Why some votes of this draft could not be evaluated, or not with the work that a look may take. */
function faultsOnVotes(rule: Rule, draft: DecisionDraft, workMax: number): RuleFault[] {
  const missing = figuresNeeded(rule).flatMap((needs) => missingFigures(needs, rule, draft));
  if (missing.length > 0) return missing;
  const regions = draft.regions.map(({ code }) => code);
  const { electorate, electorateSize: stated } = draft;
  const inStated = stated?.regions.map(({ region }) => region) ?? null;
  return findEvaluationFaults(
    rule,
    {
      regions,
      electorates: electorate === "roll" ? regions : inStated,
      figureBits: stated === null ? countedBitsMax : statedBitsMax,
    },
    workMax,
  );
}

/** 10^12 a ballot, of 10^12 voters, with room for sums. */
const countedBitsMax = 96;
/** A stated weight has up to 40 digits. */
const statedBitsMax = 150;

/** A decision has no way yet to take the vote that would decide a tie. */
function tieFaults({ onTie }: Rule): RuleFault[] {
  if (onTie !== "casting_vote") return [];
  return [{ pointer: "/rule/on_tie", detail: "a decision can't take a casting vote yet" }];
}

/** What a decision must have so that it can close later or earlier than its window says. */
function closingFaults(rule: Rule, draft: DecisionDraft): RuleFault[] {
  const faults: RuleFault[] = [];
  if (draft.extensionMinutes !== null) {
    const pointer = "/extension";
    if (!rule.requirements.some(({ isQuorum }) => isQuorum))
      faults.push({ pointer, detail: "the rule has no requirement that is a quorum" });
    if (draft.closesAt === null) faults.push({ pointer, detail: "needs closes_at" });
    faults.push(...hiddenFaults(pointer, draft));
  }
  if (draft.endsEarly === "by_rule") {
    const pointer = "/ends_early";
    if (draft.revotePolicy === "revisable")
      faults.push({ pointer, detail: "votes that may be changed are never certain" });
    if (draft.electorate === "open")
      faults.push({ pointer, detail: "without a roll nobody knows how many votes are to come" });
    faults.push(...hiddenFaults(pointer, draft));
  }
  return faults;
}

/** A window that moves with the counts tells of them, whatever else is hidden. */
function hiddenFaults(pointer: string, { visibility }: DecisionDraft): RuleFault[] {
  const detail = "tells of counts that are not shown yet: needs the visibility live";
  return visibility === "live" ? [] : [{ pointer, detail }];
}

function missingFigures(needs: FiguresNeeded, rule: Rule, draft: DecisionDraft): RuleFault[] {
  const known = new Set(draft.regions.map((region) => region.code));
  const details: string[] = [];
  const stranger = needs.regions.find((code) => !known.has(code));
  if (stranger !== undefined) details.push(`the decision has no region ${stranger}`);
  if (needs.everyRegion && known.size === 0)
    details.push("it counts regions: give the decision some");
  for (const { table, of } of needs.tables) {
    const units = of === "every region" ? [...known].filter((code) => !rule.groups.has(code)) : of;
    const weightless = units.find((unit) => !table.entries.has(unit));
    if (weightless === undefined || table.otherwise !== null) continue;
    details.push(`the table ${table.name} has no weight for ${weightless}`);
  }
  const missing = missingElectorate(needs, draft);
  if (missing !== null) details.push(missing);
  return details.map((detail) => ({ pointer: needs.pointer, detail }));
}

/** A roll gives every figure of the electorate; an open one has those that its organiser states. */
function missingElectorate({ eligible }: FiguresNeeded, draft: DecisionDraft): string | null {
  const stated = draft.electorateSize;
  if (draft.electorate === "roll" || (!eligible.whole && !eligible.regions)) return null;
  if (stated === null) return "it counts by the eligible: give a roll, or state electorate_size";
  const inRegions = new Set(stated.regions.map(({ region }) => region));
  const silent = draft.regions.find(({ code }) => !inRegions.has(code));
  if (!eligible.regions || silent === undefined) return null;
  return `it counts by the eligible of regions: electorate_size says nothing of ${silent.code}`;
}
