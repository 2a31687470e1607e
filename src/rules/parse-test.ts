import { JsonNode } from "./json-node.ts";
import { parseRegionGroup, parseMeasure, parseUnits, unitsLabel } from "./parse-measure.ts";
import { ratio } from "./ratio.ts";
import {
  bounds,
  roundings,
  type BallotMeasure,
  type Counting,
  type Bound,
  type Comparison,
  type Group,
  type Kind,
  type RuleBounds,
  type Table,
  type Test,
} from "./rule.ts";

/** What the parts of a rule may refer to, and how much of it may still be read. */
export type RuleNames = {
  counting: Counting;
  tables: ReadonlyMap<string, Table>;
  groups: ReadonlyMap<string, Group>;
  limits: RuleBounds;
  testsLeft: { count: number };
};

export const comparisonMembers = [
  "within",
  "count",
  ...bounds,
  "of",
  "rounded",
  "all",
  "any",
  "not",
  "each",
  "meets",
];

/** Reads a test: a stance in one word, a comparison, or tests put together. */
export function parseTest(node: JsonNode, names: RuleNames, depth = 0): Test {
  if (depth > names.limits.ruleDepthMax) {
    node.refuse(`nested deeper than ${names.limits.ruleDepthMax}`);
  }
  names.testsLeft.count -= 1;
  if (names.testsLeft.count < 0) node.refuse(`more than ${names.limits.ruleTestsMax} tests`);
  if (typeof node.value === "string") return parseStance(node, names.counting);
  const members = node.object(comparisonMembers);
  const group = members.get("within");
  if (group === undefined) return parseUnscopedTest(node, members, names, depth);
  members.delete("within");
  return {
    type: "within",
    regionGroup: parseRegionGroup(group, names),
    test: parseUnscopedTest(node, members, names, depth),
  };
}

function parseUnscopedTest(
  node: JsonNode,
  members: Map<string, JsonNode>,
  names: RuleNames,
  depth: number,
): Test {
  const types = ["count", "all", "any", "not", "each", "meets"].filter((name) => members.has(name));
  const inner = (one: JsonNode) => parseTest(one, names, depth + 1);
  const only = (...known: string[]) => {
    for (const [name, one] of members) {
      if (!known.includes(name)) one.refuse(`does not go with ${types.join(" and ")}`);
    }
  };
  const take = (name: string) =>
    members.get(name) ?? node.refuse(`needs one of count, all, any, not, each or meets`);
  const each = members.get("each");
  if (each !== undefined) {
    only("each", "meets");
    const units = parseUnits(each, names);
    return { type: "each", units, test: inner(take("meets")), label: unitsLabel(each) };
  }
  for (const type of ["all", "any"] as const) {
    const list = members.get(type);
    if (list === undefined) continue;
    only(type);
    return { type, tests: list.list(names.limits.ruleTestsMax).map(inner) };
  }
  if (members.has("not")) {
    only("not");
    return { type: "not", test: inner(take("not")) };
  }
  if (members.has("meets")) {
    only("meets");
    return inner(take("meets"));
  }
  return parseComparison(node, take("count"), members, names, depth);
}

function parseComparison(
  node: JsonNode,
  count: JsonNode,
  members: Map<string, JsonNode>,
  names: RuleNames,
  depth: number,
): Comparison {
  const found = bounds.filter((bound) => members.has(bound));
  const [bound, second] = found;
  if (bound === undefined) return node.refuse(`needs one of ${bounds.join(", ")}`);
  if (second !== undefined) {
    return (members.get(second) ?? node).refuse(
      `only one bound goes here, and ${bound} stands too`,
    );
  }
  const figureNode = members.get(bound) ?? node;
  const figure = figureNode.ratio();
  if (figure.numerator === 0n && (bound === "at_least" || bound === "less_than")) {
    const always = bound === "at_least" ? "always" : "never";
    figureNode.refuse(`a count ${bound.replace("_", " ")} 0 is ${always} met`);
  }
  const of = members.get("of");
  return {
    type: "compare",
    count: parseMeasure(count, names, depth + 1),
    bound,
    figure,
    of: of === undefined ? null : parseMeasure(of, names, depth + 1),
    rounding: members.get("rounded")?.oneOf(roundings) ?? null,
  };
}

/** The stances that bylaws name in a word. */
function parseStance(node: JsonNode, counting: Counting): Test {
  const measure = (kind: Kind): BallotMeasure => ({
    type: "ballots",
    by: counting,
    plus: [kind],
    less: [],
    label: kind,
  });
  const compare = (count: Kind, bound: Bound, of: Kind | null): Test => ({
    type: "compare",
    count: measure(count),
    bound,
    figure: ratio(1n),
    of: of === null ? null : measure(of),
    rounding: null,
  });
  const isFor = compare("yes", "more_than", "no");
  const isAgainst = compare("no", "more_than", "yes");
  const stances: Record<string, Test> = {
    for: isFor,
    against: isAgainst,
    not_for: { type: "not", test: isFor },
    not_against: { type: "not", test: isAgainst },
    voting: compare("cast", "at_least", null),
  };
  const word = node.oneOf(["for", "against", "not_for", "not_against", "voting"]);
  return stances[word] ?? node.refuse("not a stance");
}
