import { canonicalJson } from "../shared/canonical-json.ts";
import type { Manifest } from "../decision/decision.ts";
import { evaluateResult, ruleInput } from "../results/decision-outcome.ts";
import { figuresNeeded, type FiguresNeeded } from "../rules/figures-needed.ts";
import { RuleError } from "../rules/json-node.ts";
import { concludeOutcome, explainRequirement, type RequirementFinding } from "../rules/outcome.ts";
import { viewRequirement } from "../rules/outcome-view.ts";
import { parseRule } from "../rules/parse-rule.ts";
import type { Rule } from "../rules/rule.ts";
import { contextOf } from "../rules/to-figures.ts";
import { Work, WorkExceededError } from "../rules/work.ts";
import { emptyRegionTally } from "../ballot/tally.ts";
import { limits } from "../shared/limits.ts";
import type { Check } from "./check.ts";
import type { RecountedFigures } from "./check-tallies.ts";
import type { JsonObject, ReadManifest } from "./documents.ts";
import type { FindingList } from "./finding.ts";

/** What the rule is evaluated on, and what the outcome says of it. */
export interface RuleCheckInput {
  manifest: ReadManifest;
  /** The outcome's members. */
  signed: JsonObject;
  /** Regions whose figures the outcome shows: of the others it may tell no votes. */
  shown: ReadonlySet<string>;
  figures: RecountedFigures;
  findings: FindingList;
}

/**
 * Evaluates the manifest's rule on the figures, and compares with the outcome: each requirement, the
 * verdict, the words and the forecast. A requirement that looks at a region whose figures are not
 * known is taken as it was signed.
 */
export function checkRule(input: RuleCheckInput): Check[] {
  const { manifest, findings } = input;
  const parsed = parseRule(manifest.rule, limits);
  if ("faults" in parsed) {
    const [fault] = parsed.faults;
    const where = `${fault?.pointer ?? ""}: ${fault?.detail ?? ""}`;
    findings.add("rule.malformed", "a rule of docs/rules.md", where, { member: "rule" });
    return [{ check: "rule", state: "failed" }];
  }
  try {
    return evaluateChecks(parsed.rule, input);
  } catch (error) {
    if (!(error instanceof RuleError || error instanceof WorkExceededError)) throw error;
    findings.add("rule.malformed", "a rule that these figures suffice for", error.message, {
      member: "rule",
    });
    return [{ check: "rule", state: "failed" }];
  }
}

function evaluateChecks(rule: Rule, input: RuleCheckInput): Check[] {
  const { manifest, signed, figures, findings } = input;
  const unknown = new Set(manifest.regions.filter((code) => !figures.regions.has(code)));
  const hidden = new Set(manifest.regions.filter((code) => !input.shown.has(code)));
  const frozen = frozenManifest(manifest);
  const result = resultOf(manifest, figures);
  const given = ruleInput(frozen, result);
  const work = new Work(limits.ruleOutcomeWorkMax * workFactor);
  const context = { ...contextOf(rule, given, work), hidden };
  const needs = figuresNeeded(rule);
  const told = toldRequirements(signed);
  let evaluated = 0;
  const found = rule.requirements.map((requirement, index): RequirementFinding => {
    const needed = needs[index];
    const looksAtUnknown =
      unknown.size > 0 &&
      (needed?.everyRegion === true || needed?.regions.some((code) => unknown.has(code)) === true);
    const finding = explainRequirement(requirement, context);
    if (looksAtUnknown) return { ...finding, isMet: told[index]?.["met"] === true };
    evaluated += 1;
    const [made, said] = [viewRequirement(finding), told[index] ?? {}];
    compareMembers(findings, { made, said, id: requirement.id });
    return finding;
  });
  findings.compare("rule.requirement", String(found.length), String(told.length), {
    member: "requirements",
  });
  const outcome = concludeOutcome({ rule, findings: found, context, input: given });
  const texts = [
    ["rule.outcome", "outcome", outcome.outcome],
    ["rule.outcome", "if_closed_now", outcome.ifClosedNow],
    ["rule.sentence", "sentence", outcome.sentence],
  ] as const;
  for (const [code, member, made] of texts)
    findings.compare(code, made, String(signed[member]), { member });
  const check: Check = {
    check: "rule",
    ...ruleState(input, { evaluated, of: rule.requirements.length }, needs),
  };
  return [check, checkForecast(input, frozen, hidden.size > 0)];
}

function ruleState(
  { figures: { asSigned }, findings }: RuleCheckInput,
  { evaluated, of }: { evaluated: number; of: number },
  needs: readonly FiguresNeeded[],
): Omit<Check, "check"> {
  const figures = { done: evaluated, of };
  if (findings.has("rule.requirement", "rule.outcome", "rule.sentence"))
    return { state: "failed", ...figures };
  if (asSigned === "all") return { state: "partly", ...figures, reason: "aggregate" };
  if (evaluated < of) return { state: "partly", ...figures, reason: "regions_hidden" };
  const isByWeight = needs.some(({ countedBy }) => countedBy.includes("weight"));
  if (asSigned === "weight" && isByWeight)
    return { state: "partly", ...figures, reason: "cells_hidden" };
  return { state: "passed", ...figures };
}

/** What an honest rule may take, and as much again for what another release counts otherwise. */
const workFactor = 2;

/** Whatever the outcome says of the forecast is the verdict's, which needs all regions. */
function checkForecast(input: RuleCheckInput, frozen: Manifest, isAnyHidden: boolean): Check {
  const { manifest, signed, figures, findings } = input;
  if (isAnyHidden) {
    const isNull = (signed["forecast"] ?? null) === null;
    if (!isNull) findings.add("rule.forecast", "null", "a forecast", { member: "forecast" });
    const reason = "regions_hidden";
    return { check: "forecast", state: isNull ? "not_checked" : "failed", reason };
  }
  const { forecast } = evaluateResult(frozen, resultOf(manifest, figures), null);
  const [made, said] = [canonicalJson(forecast), canonicalJson(signed["forecast"])];
  findings.compare("rule.forecast", made, said, { member: "forecast" });
  return { check: "forecast", state: made === said ? "passed" : "failed" };
}

/** Whether outcome and manifest say the same where both say it. */
export function compareWithManifest({
  manifest,
  signed,
  findings,
}: Pick<RuleCheckInput, "manifest" | "signed" | "findings">): void {
  const { electorate } = manifest;
  const shown = electorate === null ? null : viewVoters(electorate);
  const said: [member: string, expected: unknown][] = [
    ["decision_id", manifest.decisionId],
    ["rule", manifest.rule],
    ["electorate", shown],
    ...headOf(manifest.document),
  ];
  for (const [member, expected] of said) {
    const [made, given] = [canonicalJson(expected), canonicalJson(signed[member] ?? null)];
    findings.compare("outcome.contradicts", made, given, { member });
  }
  const isRehearsal = (one: JsonObject) => String(one["rehearsal"] === true);
  const [frozen, claimed] = [isRehearsal(manifest.document), isRehearsal(signed)];
  findings.compare("outcome.contradicts", frozen, claimed, { member: "rehearsal" });
  const codes = new Set(manifest.regions);
  const tally = signed["tally"] as { regions?: readonly { region?: unknown }[] } | undefined;
  for (const { region } of tally?.regions ?? []) {
    if (typeof region === "string" && codes.has(region)) continue;
    const place = { member: "tally.regions" };
    findings.add("outcome.contradicts", "a region of the manifest", String(region), place);
  }
}

/** Title and opening, where the manifest has them. */
function headOf({ title, opensAt }: JsonObject): [member: string, expected: unknown][] {
  const isTime = typeof opensAt === "number" && Math.abs(opensAt) <= dateMax;
  return [
    ...(typeof title === "string" ? [["title", title] as [string, unknown]] : []),
    ...(isTime ? [["opened_at", new Date(opensAt).toISOString()] as [string, unknown]] : []),
  ];
}

/** The milliseconds that a Date can have, either way (ECMA-262). */
const dateMax = 8.64e15;

function viewVoters({ voters, weight, regions }: NonNullable<ReadManifest["electorate"]>) {
  return {
    voters,
    weight,
    regions: regions.map((one) => ({ region: one.region, voters: one.voters, weight: one.weight })),
  };
}

function resultOf(
  { regions: codes }: ReadManifest,
  { total, regions }: Pick<RecountedFigures, "total" | "regions">,
) {
  const known = codes.filter((code) => regions.has(code));
  const tallies = known.map((code) => [code, regions.get(code) ?? emptyRegionTally()] as const);
  return { total, regions: new Map(tallies), isFinal: true };
}

/** As much of a manifest as the evaluation of a final result looks at. */
function frozenManifest({ regions, electorate, rule }: ReadManifest): Manifest {
  const frozen = {
    regions: regions.map((code) => ({ code, name: code })),
    roll: electorate,
    electorateSize: null,
    rule: JSON.stringify(rule),
  };
  return frozen as unknown as Manifest;
}

function toldRequirements(signed: JsonObject): readonly JsonObject[] {
  const { requirements } = signed;
  if (!Array.isArray(requirements)) return [];
  return requirements.map((one: unknown) =>
    typeof one === "object" && one !== null ? (one as JsonObject) : {},
  );
}

interface RequirementComparison {
  made: JsonObject;
  said: JsonObject;
  id: string;
}

/** Words are compared apart from figures: who restates the rule need not restate its sentences. */
function compareMembers(findings: FindingList, { made, said, id }: RequirementComparison): void {
  const [madeFigures, saidFigures] = [made, said].map((one) => canonicalJson(withoutWords(one)));
  const place = { member: `requirements, ${id}` };
  findings.compare("rule.requirement", madeFigures ?? "", saidFigures ?? "", place);
  if (madeFigures !== saidFigures) return;
  findings.compare("rule.sentence", canonicalJson(made), canonicalJson(said), place);
}

function withoutWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([name]) => name !== "sentence");
  return Object.fromEntries(members.map(([name, member]) => [name, withoutWords(member)]));
}
