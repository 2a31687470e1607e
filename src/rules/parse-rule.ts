import { findContradictions } from "./contradictions.ts";
import { JsonNode, RuleError } from "./json-node.ts";
import { parseGroups, parseTables } from "./parse-tables.ts";
import type { ParseContext } from "./parse-context.ts";
import { comparisonMembers, parseTest } from "./parse-test.ts";
import { tieRules, type Requirement, type Rule, type RuleBounds, type RuleFault } from "./rule.ts";
import { Work, WorkExceededError } from "./work.ts";

export type ParsedRule = { rule: Rule } | { faults: RuleFault[] };

const ruleMembers = ["title", "counting", "tables", "groups", "requirements", "on_tie"];

/**
 * Reads a rule from its JSON document (docs/rules.md), or says what is wrong with it and where. A
 * rule that can never be met, that is met by anything, or whose requirements contradict each other
 * is refused too, and one that takes more work to read than `ruleReadWorkMax`.
 */
export function parseRule(
  document: unknown,
  limits: RuleBounds,
  work: Work = new Work(limits.ruleReadWorkMax),
): ParsedRule {
  const faults: RuleFault[] = [];
  let pointer = "";
  const attempt = <Result>(at: string, read: () => Result): Result | null => {
    pointer = at;
    try {
      return read();
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
      faults.push(error.fault);
      return null;
    }
  };
  try {
    const rule = readRule({ root: new JsonNode(document, "", work), limits, attempt });
    if (rule !== null && faults.length === 0) faults.push(...findContradictions(rule, work));
    return rule === null || faults.length > 0 ? { faults } : { rule };
  } catch (error) {
    if (!(error instanceof WorkExceededError)) throw error;
    return { faults: [{ pointer, detail: tooLong }] };
  }
}

const tooLong =
  "with what stands before it this is too much to read: fewer entries, or fewer names of the same regions";

interface RuleReading {
  root: JsonNode;
  limits: RuleBounds;
  /** Reads a part of the rule, where it stands; null where it is faulty. */
  attempt: <Result>(pointer: string, read: () => Result) => Result | null;
}

function readRule({ root, limits, attempt }: RuleReading): Rule | null {
  return attempt("", () => {
    const members = root.object(ruleMembers);
    const counting = members.get("counting")?.oneOf(["ballots", "weight"]) ?? "ballots";
    const tables = attempt("/tables", () => parseTables(members.get("tables"), limits.regionsMax));
    const groups = attempt("/groups", () => parseGroups(members.get("groups"), limits));
    if (tables === null || groups === null) return null;
    const context: ParseContext = {
      counting,
      tables,
      groups,
      limits,
      testsLeft: { count: limits.ruleTestsMax },
      unitsOf: new Map(),
      work: root.work,
      depth: 0,
    };
    const list = (members.get("requirements") ?? missing("/requirements")).list(
      limits.ruleRequirementsMax,
    );
    const requirements = list
      .map((node) => attempt(node.pointer, () => parseRequirement(node, context)))
      .filter((requirement) => requirement !== null);
    return {
      title: members.get("title")?.text() ?? "",
      requirements,
      groups,
      onTie: members.get("on_tie")?.oneOf(tieRules) ?? "tie",
    };
  });
}

function parseRequirement(node: JsonNode, context: ParseContext): Requirement {
  const members = node.object(["id", "quorum", "deemed_met_when", ...comparisonMembers]);
  const clause = members.get("deemed_met_when");
  const inner = new Map(members);
  for (const own of ["id", "quorum", "deemed_met_when"]) inner.delete(own);
  return {
    id: (members.get("id") ?? missing(`${node.pointer}/id`)).text(64),
    isQuorum: members.get("quorum")?.flag() ?? false,
    test: parseTest(
      new JsonNode(Object.fromEntries(valuesOf(inner)), node.pointer, node.work),
      context,
    ),
    deemedMetWhen: clause === undefined ? null : parseTest(clause, context),
    pointer: node.pointer,
  };
}

function valuesOf(members: Map<string, JsonNode>): [string, unknown][] {
  return [...members].map(([name, { value }]) => [name, value]);
}

function missing(pointer: string): never {
  throw new RuleError(pointer, "this member is missing");
}
