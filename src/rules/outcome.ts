import { evaluateComparison } from "./evaluate-test.ts";
import { explainTest, type ExplanationContext, type Finding } from "./finding.ts";
import { RuleError } from "./json-node.ts";
import { compareRatios, ratio } from "./ratio.ts";
import type { Requirement, Rule, RuleFault, Test } from "./rule.ts";
import type { RuleInput } from "./rule-input.ts";
import { wholeScope } from "./scope.ts";
import { contextOf } from "./to-figures.ts";
import type { EvaluationContext } from "./units.ts";
import { Work } from "./work.ts";
import { workOfCharacters } from "./work-units.ts";

export type Verdict = "carried" | "not_carried" | "no_quorum" | "tie";

export type RequirementFinding = Finding & {
  id: string;
  isQuorum: boolean;
  /** What the clause found that can deem the requirement met; null where the rule has none. */
  clause: Finding | null;
};

/** What a rule says of a tally. */
export type Outcome = {
  /** `undecided` while the decision is open; what it would be if it closed now is `ifClosedNow`. */
  outcome: Verdict | "undecided";
  ifClosedNow: Verdict;
  requirements: RequirementFinding[];
  sentence: string;
};

export interface EvaluationOptions {
  /** Regions whose votes no figure and no sentence of the outcome may tell. */
  hidden?: ReadonlySet<string>;
  /** What the evaluation may cost; without it as much as it takes. */
  work?: Work;
}

/**
 * Evaluates a rule on a tally; faults are figures that it lacks, by JSON pointer (RFC 6901).
 * @throws {WorkExceededError} where it takes more work than it may
 */
export function evaluateOutcome(
  rule: Rule,
  input: RuleInput,
  { hidden = noneHidden, work = new Work(Infinity) }: EvaluationOptions = {},
): Outcome | { faults: RuleFault[] } {
  try {
    return evaluate(rule, input, { ...contextOf(rule, input, work), hidden });
  } catch (error) {
    if (error instanceof RuleError) return { faults: [error.fault] };
    throw error;
  }
}

const noneHidden: ReadonlySet<string> = new Set();

function evaluate(rule: Rule, input: RuleInput, context: ExplanationContext): Outcome {
  const requirements = rule.requirements.map((requirement) =>
    explainRequirement(requirement, context),
  );
  return concludeOutcome({ rule, findings: requirements, context, input });
}

/** What an outcome follows from. */
export interface ConclusionInput {
  rule: Rule;
  /** One for each requirement, in the same order. */
  findings: RequirementFinding[];
  context: EvaluationContext;
  input: Pick<RuleInput, "isClosed" | "castingVote">;
}

/** What a rule says where its requirements were found to be so. */
export function concludeOutcome({ rule, findings, context, input }: ConclusionInput): Outcome {
  const verdict = verdictOf({ rule, findings, context, castingVote: input.castingVote });
  return {
    outcome: input.isClosed ? verdict : "undecided",
    ifClosedNow: verdict,
    requirements: findings,
    sentence: describeVerdict(verdict, findings, {
      isClosed: input.isClosed,
      isAnybodyHeard: isAnybodyForOrAgainst(context),
    }),
  };
}

/** Evaluates one requirement, by itself or by its clause. */
export function explainRequirement(
  requirement: Requirement,
  context: ExplanationContext,
): RequirementFinding {
  const { id, isQuorum } = requirement;
  const finding = explainTest(requirement.test, wholeScope, context);
  const clause =
    requirement.deemedMetWhen === null
      ? null
      : explainTest(requirement.deemedMetWhen, wholeScope, context);
  if (clause !== null) {
    context.work.spend(workOfCharacters(finding.charactersMax + clause.charactersMax));
  }
  if (finding.isMet || clause?.isMet !== true) return { ...finding, id, isQuorum, clause };
  const sentence = `${finding.sentence} Deemed met, since ${clause.sentence}`;
  return { ...finding, isMet: true, sentence, id, isQuorum, clause };
}

interface VerdictInput {
  rule: Rule;
  /** One for each requirement, in the same order. */
  findings: readonly RequirementFinding[];
  context: EvaluationContext;
  castingVote: RuleInput["castingVote"];
}

function verdictOf({ rule, findings, context, castingVote }: VerdictInput): Verdict {
  if (findings.some((finding) => finding.isQuorum && !finding.isMet)) return "no_quorum";
  const missed = rule.requirements.filter((_, index) => findings[index]?.isMet === false);
  if (missed.length === 0) return "carried";
  if (rule.onTie === "not_carried" || !missed.every(({ test }) => isTied(test, context))) {
    return "not_carried";
  }
  if (rule.onTie === "tie" || castingVote === undefined) return "tie";
  return castingVote === "yes" ? "carried" : "not_carried";
}

/** Whether anybody voted yes or no at all: without that nothing is equal, and nothing is decided. */
function isAnybodyForOrAgainst({ figures: { whole } }: EvaluationContext): boolean {
  return whole.ballots.yes + whole.ballots.no > 0n;
}

/**
 * Equal votes for and against, and some, where one more for would have met the test.
 * Equally many regions for and against are no tie.
 */
export function isTied(test: Test, context: EvaluationContext): boolean {
  if (test.type !== "compare" || test.bound !== "more_than") return false;
  const { count, of } = test;
  if (count.type !== "ballots" || of?.type !== "ballots" || count.by !== of.by) return false;
  if (count.less.length > 0 || of.less.length > 0 || count.plus.join() !== "yes") return false;
  const isMajority =
    (of.plus.join() === "no" && compareRatios(test.figure, ratio(1n)) === 0) ||
    (compareRatios(test.figure, ratio(1n, 2n)) === 0 &&
      of.plus.includes("yes") &&
      of.plus.includes("no"));
  if (!isMajority) return false;
  const { actual, threshold } = evaluateComparison(test, wholeScope, context);
  const against = context.figures.whole[count.by].no;
  const isEqual = against > 0n && compareRatios(actual, ratio(against)) === 0;
  return isEqual && compareRatios(actual, threshold) === 0;
}

const verdictWords: Record<Verdict, string> = {
  carried: "Carried",
  not_carried: "Not carried",
  no_quorum: "No quorum",
  tie: "A tie, and so not carried",
};

function describeVerdict(
  verdict: Verdict,
  findings: readonly RequirementFinding[],
  { isClosed, isAnybodyHeard }: { isClosed: boolean; isAnybodyHeard: boolean },
): string {
  const now = isClosed ? "" : "Still open; if it closed now: ";
  const nobody =
    verdict === "not_carried" && !isAnybodyHeard ? "nobody voted for or against; " : "";
  return `${now}${verdictWords[verdict]}: ${nobody}${describeReason(verdict, findings)}.`;
}

function describeReason(verdict: Verdict, findings: readonly RequirementFinding[]): string {
  const missed = findings.filter((finding) => !finding.isMet).map((finding) => finding.id);
  if (missed.length === 0) return "every requirement is met";
  if (verdict === "carried") return "the casting vote decided";
  return `what is missed is ${missed.join(", ")}`;
}
