import { countedBy } from "./counted-by.ts";
import { comparesBoth, comparisonsIn } from "./measure.ts";
import type { Counting, Requirement, Rule, Test } from "./rule.ts";

export const ruleWarningCodes = [
  "rule.heads_of_weighted_ballots",
  "rule.weights_of_equal_ballots",
  "rule.heads_and_weights",
  "rule.share_of_another_measure",
] as const;

/** What is allowed and may surprise: where in the rule's document (RFC 6901), and why. */
export type RuleWarning = {
  code: (typeof ruleWarningCodes)[number];
  pointer: string;
  detail: string;
};

/**
 * What a rule counts otherwise than its ballots suggest.
 * @param hasWeights whether some ballots weigh more than others; null where nobody knows yet
 */
export function findRuleWarnings(
  { requirements }: Pick<Rule, "requirements">,
  hasWeights: boolean | null,
): RuleWarning[] {
  return [
    ...requirements.flatMap((requirement) => warningsOf(requirement, hasWeights)),
    ...mixedDeciding(requirements, hasWeights),
  ];
}

const details: Record<RuleWarning["code"], string> = {
  "rule.heads_of_weighted_ballots":
    "ballots carry weights, and this counts heads: a large majority by weight may not be one here",
  "rule.weights_of_equal_ballots":
    "this counts weights, and every ballot weighs 1: it comes to the same as heads",
  "rule.heads_and_weights":
    "some requirements count heads and this one weights: each is drawn in its own measure",
  "rule.share_of_another_measure":
    "this sets heads against weights: a share of one in the other means nothing",
};

function warning(code: RuleWarning["code"], { pointer }: Requirement): RuleWarning {
  return { code, pointer, detail: details[code] };
}

function warningsOf(requirement: Requirement, hasWeights: boolean | null): RuleWarning[] {
  const tests = testsOf(requirement);
  const found: RuleWarning[] = [];
  if (tests.flatMap(comparisonsIn).some(comparesBoth))
    found.push(warning("rule.share_of_another_measure", requirement));
  const countings = countingsOf(requirement);
  const countsOnly = (by: Counting) => countings.size === 1 && countings.has(by);
  // How many came is counted in heads whatever they weigh.
  if (hasWeights === true && countsOnly("ballots") && !requirement.isQuorum)
    found.push(warning("rule.heads_of_weighted_ballots", requirement));
  if (hasWeights === false && countings.has("weight"))
    found.push(warning("rule.weights_of_equal_ballots", requirement));
  return found;
}

/** Where ballots weigh alike both come to the same. */
function mixedDeciding(
  requirements: readonly Requirement[],
  hasWeights: boolean | null,
): RuleWarning[] {
  if (hasWeights === false) return [];
  const deciding = requirements.filter(({ isQuorum }) => !isQuorum);
  const heads = deciding.some((one) => countingsOf(one).has("ballots"));
  const byWeight = deciding.find((one) => countingsOf(one).has("weight"));
  return heads && byWeight !== undefined ? [warning("rule.heads_and_weights", byWeight)] : [];
}

function countingsOf(requirement: Requirement): Set<Counting> {
  return new Set(testsOf(requirement).flatMap(countedBy));
}

function testsOf({ test, deemedMetWhen }: Requirement): Test[] {
  return deemedMetWhen === null ? [test] : [test, deemedMetWhen];
}
