import { findContradictions } from "./contradictions.ts";
import { JsonNode, RuleError } from "./json-node.ts";
import { parseGroups, parseTables } from "./parse-tables.ts";
import type { ParseContext } from "./parse-context.ts";
import { comparisonMembers, parseTest } from "./parse-test.ts";
import { costOf } from "./rule-cost.ts";
import type { Requirement, Rule, RuleBounds, RuleFault } from "./rule.ts";

export type ParsedRule = { rule: Rule } | { faults: RuleFault[] };

const ruleMembers = ["title", "counting", "tables", "groups", "requirements", "on_tie"];

/**
 * Reads a rule from its JSON document (docs/rules.md), or says what is wrong with it and where. A
 * rule that can never be met, that is met by anything, or whose requirements contradict each other
 * is refused too.
 */
export function parseRule(document: unknown, limits: RuleBounds): ParsedRule {
  const faults: RuleFault[] = [];
  const attempt = <Result>(read: () => Result): Result | null => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
      faults.push(error.fault);
      return null;
    }
  };
  const rule = attempt(() => {
    const members = new JsonNode(document, "").object(ruleMembers);
    const counting = members.get("counting")?.oneOf(["ballots", "weight"]) ?? "ballots";
    const tables = attempt(() => parseTables(members.get("tables"), limits.regionsMax));
    const groups = attempt(() => parseGroups(members.get("groups"), limits));
    if (tables === null || groups === null) return null;
    const context: ParseContext = {
      counting,
      tables,
      groups,
      limits,
      testsLeft: { count: limits.ruleTestsMax },
      depth: 0,
    };
    const list = (members.get("requirements") ?? missing("/requirements")).list(
      limits.ruleRequirementsMax,
    );
    const requirements = list
      .map((node) => attempt(() => parseRequirement(node, context)))
      .filter((requirement) => requirement !== null);
    return {
      title: members.get("title")?.text() ?? "",
      requirements,
      groups,
      onTie: members.get("on_tie")?.oneOf(["tie", "not_carried", "casting_vote"]) ?? "tie",
    };
  });
  if (rule !== null && faults.length === 0) {
    faults.push(...findContradictions(rule), ...tooCostly(rule, limits));
  }
  return rule === null || faults.length > 0 ? { faults } : { rule };
}

function parseRequirement(node: JsonNode, context: ParseContext): Requirement {
  const members = node.object(["id", "quorum", "deemed_met_when", ...comparisonMembers]);
  const clause = members.get("deemed_met_when");
  const inner = new Map(members);
  for (const own of ["id", "quorum", "deemed_met_when"]) inner.delete(own);
  return {
    id: (members.get("id") ?? missing(`${node.pointer}/id`)).text(64),
    isQuorum: members.get("quorum")?.flag() ?? false,
    test: parseTest(new JsonNode(Object.fromEntries(valuesOf(inner)), node.pointer), context),
    deemedMetWhen: clause === undefined ? null : parseTest(clause, context),
    pointer: node.pointer,
  };
}

function tooCostly(rule: Rule, limits: RuleBounds): RuleFault[] {
  let left = limits.ruleEvaluationsMax;
  return rule.requirements.flatMap(({ test, deemedMetWhen, pointer }) => {
    left -= costOf(test, rule, limits.regionsMax);
    if (deemedMetWhen !== null) left -= costOf(deemedMetWhen, rule, limits.regionsMax);
    return left >= 0 ? [] : [{ pointer, detail: "units within units are too many to evaluate" }];
  });
}

function valuesOf(members: Map<string, JsonNode>): [string, unknown][] {
  return [...members].map(([name, { value }]) => [name, value]);
}

function missing(pointer: string): never {
  throw new RuleError(pointer, "this member is missing");
}
