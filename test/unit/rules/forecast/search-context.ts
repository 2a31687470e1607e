import type { SearchContext } from "../../../../src/rules/forecast/search.ts";
import type { Step } from "../../../../src/rules/forecast/step.ts";
import type { Rule, Test } from "../../../../src/rules/rule.ts";
import type { RuleInput } from "../../../../src/rules/rule-input.ts";
import { contextOf } from "../../../../src/rules/to-figures.ts";
import { Work } from "../../../../src/rules/work.ts";
import { inputOf, ruleOf } from "../rules.ts";

export const bothCounts = ["ballots", "weight"] as const;
export const furtherYes: Step = { changes: { yes: 1n }, by: bothCounts };

interface SearchParts {
  rule?: Rule;
  input?: RuleInput;
  step?: Step;
  /** How many steps each region can take. */
  headroom?: Record<string, number>;
  workMax?: number;
}

/** What a search works with, where nothing has been spent of its work. */
export function searchOf({
  rule = ruleOf({ requirements: [{ id: "any", meets: "for" }] }),
  input = inputOf({}),
  step = furtherYes,
  headroom = {},
  workMax = 1_000_000,
}: SearchParts): SearchContext {
  return {
    ...contextOf(rule, input, new Work(Infinity)),
    work: new Work(workMax),
    step,
    headroom: new Map(Object.entries(headroom).map(([code, most]) => [code, BigInt(most)])),
    isPresenceRecorded: false,
    directions: new Map(),
    metByAll: new Map(),
  };
}

/** The test of a rule's first requirement. */
export function firstTest(rule: Rule): Test {
  const [first] = rule.requirements;
  if (first === undefined) throw new Error("no requirement");
  return first.test;
}
