import type { JsonNode } from "./json-node.ts";
import { ballotMeasure, parseBallots, parseKinds, refuseOthers } from "./parse-ballots.ts";
import type { ParseContext } from "./parse-context.ts";
import { parseShares } from "./parse-shares.ts";
import { parseStance } from "./parse-stance.ts";
import {
  parseRegionGroup,
  parseUnits,
  parseWeigh,
  spaced,
  tableUnits,
  unitsLabel,
} from "./parse-units.ts";
import { bounds, roundings, type Comparison, type Measure, type Test } from "./rule.ts";

// A test compares measures, and a measure may count the units that meet a test: hence one file.

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
export function parseTest(node: JsonNode, context: ParseContext): Test {
  const { limits, testsLeft, depth } = context;
  if (depth > limits.ruleDepthMax) {
    node.refuse(`nested deeper than ${limits.ruleDepthMax}`);
  }
  testsLeft.count -= 1;
  if (testsLeft.count < 0) node.refuse(`more than ${limits.ruleTestsMax} tests`);
  if (typeof node.value === "string") return parseStance(node, context.counting);
  const members = node.object(comparisonMembers);
  const group = members.get("within");
  if (group === undefined) return parseUnscopedTest(node, members, context);
  members.delete("within");
  return {
    type: "within",
    regionGroup: parseRegionGroup(group, context),
    test: parseUnscopedTest(node, members, context),
  };
}

function parseUnscopedTest(
  node: JsonNode,
  members: Map<string, JsonNode>,
  context: ParseContext,
): Test {
  const types = ["count", "all", "any", "not", "each", "meets"].filter((name) => members.has(name));
  const inner = (one: JsonNode) => parseTest(one, nested(context));
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
    const units = parseUnits(each, context);
    return { type: "each", units, test: inner(take("meets")), label: unitsLabel(each) };
  }
  for (const type of ["all", "any"] as const) {
    const list = members.get(type);
    if (list === undefined) continue;
    only(type);
    return { type, tests: list.list(context.limits.ruleTestsMax).map(inner) };
  }
  if (members.has("not")) {
    only("not");
    return { type: "not", test: inner(take("not")) };
  }
  if (members.has("meets")) {
    only("meets");
    return inner(take("meets"));
  }
  return parseComparison({ node, members, count: take("count") }, context);
}

interface ComparisonNodes {
  node: JsonNode;
  members: Map<string, JsonNode>;
  count: JsonNode;
}

function parseComparison(
  { node, members, count }: ComparisonNodes,
  context: ParseContext,
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
    count: parseMeasure(count, nested(context)),
    bound,
    figure,
    of: of === undefined ? null : parseMeasure(of, nested(context)),
    rounding: members.get("rounded")?.oneOf(roundings) ?? null,
  };
}

const measureMembers = [
  "within",
  "ballots",
  "weight",
  "less",
  "units",
  "that",
  "weigh",
  "called",
  "shares",
  "of_each",
  "when_empty",
];

/** Reads what is counted: a kind, a list of kinds, or an object that says more. */
function parseMeasure(node: JsonNode, context: ParseContext): Measure {
  if (typeof node.value === "string" || Array.isArray(node.value)) {
    return ballotMeasure(parseKinds(node), [], context.counting);
  }
  const members = node.object(measureMembers);
  const within = members.get("within");
  const measure = parseScopedMeasure(node, members, context);
  if (within === undefined) return measure;
  const regionGroup = parseRegionGroup(within, context);
  return { type: "within", regionGroup, measure, label: `${measure.label} in ${regionGroup.name}` };
}

function parseScopedMeasure(
  node: JsonNode,
  members: Map<string, JsonNode>,
  context: ParseContext,
): Measure {
  if (members.has("shares")) return parseShares(node, members, context);
  if (members.has("units") || members.has("weigh")) return parseUnitSum(node, members, context);
  refuseOthers(members, ["within", "ballots", "weight", "less"], "ballots");
  return parseBallots(node, members);
}

function parseUnitSum(
  node: JsonNode,
  members: Map<string, JsonNode>,
  context: ParseContext,
): Measure {
  refuseOthers(members, ["within", "units", "that", "weigh", "called"], "units");
  const weigh = parseWeigh(members.get("weigh"), context);
  const unitsNode = members.get("units");
  if (unitsNode === undefined && typeof weigh === "string") node.refuse("needs units");
  const units =
    unitsNode === undefined && typeof weigh !== "string"
      ? tableUnits(weigh, context)
      : parseUnits(unitsNode ?? node, context);
  const that = members.get("that");
  const called = members.get("called")?.text(64) ?? null;
  const noun = called ?? unitsLabel(unitsNode);
  const stance =
    that === undefined
      ? ""
      : typeof that.value === "string"
        ? ` ${spaced(that.text())}`
        : " that meet it";
  const weighed =
    weigh === "one" ? "" : `${weigh === "eligible" ? "eligible" : spaced(weigh.name)} of `;
  return {
    type: "units",
    units,
    that: that === undefined ? null : parseTest(that, nested(context)),
    weigh,
    called,
    label: `${weighed}${noun}${stance}`,
  };
}

function nested(context: ParseContext): ParseContext {
  return { ...context, depth: context.depth + 1 };
}
