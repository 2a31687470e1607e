import { RuleError } from "./json-node.ts";
import { explainRequirement, isTied } from "./outcome.ts";
import type { Rule, RuleFault } from "./rule.ts";
import type { RuleInput, VoteCounts, WeightedCount } from "./rule-input.ts";
import { contextOf } from "./to-figures.ts";
import { Work, WorkExceededError } from "./work.ts";

/** What is known of a vote before there is one. */
export interface ExpectedVote {
  readonly regions: readonly string[];
  /** The regions whose electorate will be known; null where not even that of the whole is. */
  readonly electorates: readonly string[] | null;
  /** The bits of the longest figure that there may be. */
  readonly figureBits: number;
}

/**
 * Why a rule can't be evaluated on every vote that may come: it may take more work than `workMax`,
 * or lack a figure. Every part of the rule is tried, also one that another part would settle.
 */
export function findEvaluationFaults(
  rule: Rule,
  expected: ExpectedVote,
  workMax: number,
): RuleFault[] {
  const work = new Work(workMax);
  let pointer = "";
  try {
    const known = contextOf(rule, emptyVote(expected), work);
    const context = {
      ...known,
      figureBits: Math.max(expected.figureBits, known.figureBits),
      hidden: new Set(expected.regions),
      isExhaustive: true,
    };
    for (const requirement of rule.requirements) {
      ({ pointer } = requirement);
      explainRequirement(requirement, context);
      // A missed one is looked at once more.
      isTied(requirement.test, context);
    }
    return [];
  } catch (error) {
    if (error instanceof WorkExceededError) return [{ pointer, detail: tooMuchWork }];
    if (error instanceof RuleError) return [{ pointer, detail: error.fault.detail }];
    throw error;
  }
}

const tooMuchWork =
  "with what stands before it this takes too much work to evaluate: let it ask fewer units or hold fewer tests";

const none: WeightedCount = { ballots: 0n, weight: 0n };

function emptyVote({ regions, electorates }: ExpectedVote): RuleInput {
  const countsOf = (isKnown: boolean): VoteCounts => ({
    yes: none,
    no: none,
    abstain: none,
    ...(isKnown && { eligible: none }),
  });
  const known = new Set(electorates);
  return {
    total: countsOf(electorates !== null),
    regions: new Map(regions.map((code) => [code, countsOf(known.has(code))])),
    isClosed: true,
  };
}
