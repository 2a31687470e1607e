import { JsonNode } from "./json-node.ts";
import { parseTest, type RuleNames } from "./parse-test.ts";
import {
  kinds,
  type BallotMeasure,
  type Counting,
  type Kind,
  type Measure,
  type RegionGroup,
  type Table,
  type Units,
} from "./rule.ts";

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
export function parseMeasure(node: JsonNode, names: RuleNames, depth: number): Measure {
  if (typeof node.value === "string" || Array.isArray(node.value)) {
    return ballotMeasure(parseKinds(node), [], names.counting);
  }
  const members = node.object(measureMembers);
  const within = members.get("within");
  const measure = parseScopedMeasure(node, members, names, depth);
  if (within === undefined) return measure;
  const regionGroup = parseRegionGroup(within, names);
  return { type: "within", regionGroup, measure, label: `${measure.label} in ${regionGroup.name}` };
}

function parseScopedMeasure(
  node: JsonNode,
  members: Map<string, JsonNode>,
  names: RuleNames,
  depth: number,
): Measure {
  if (members.has("shares")) return parseShares(node, members, names);
  if (members.has("units") || members.has("weigh"))
    return parseUnitSum(node, members, names, depth);
  refuseOthers(members, ["within", "ballots", "weight", "less"], "ballots");
  return parseBallots(node, members);
}

function parseBallots(node: JsonNode, members: Map<string, JsonNode>): BallotMeasure {
  const [ballots, weight] = [members.get("ballots"), members.get("weight")];
  if (ballots !== undefined && weight !== undefined) {
    weight.refuse("ballots or weight, not both");
  }
  const counted = ballots ?? weight ?? node.refuse("needs one of ballots, weight, units or shares");
  const less = members.get("less");
  return ballotMeasure(
    parseKinds(counted),
    less === undefined ? [] : parseKinds(less),
    ballots === undefined ? "weight" : "ballots",
  );
}

function parseUnitSum(
  node: JsonNode,
  members: Map<string, JsonNode>,
  names: RuleNames,
  depth: number,
): Measure {
  refuseOthers(members, ["within", "units", "that", "weigh", "called"], "units");
  const weigh = parseWeigh(members.get("weigh"), names);
  const unitsNode = members.get("units");
  if (unitsNode === undefined && typeof weigh === "string") node.refuse("needs units");
  const units =
    unitsNode === undefined && typeof weigh !== "string"
      ? tableUnits(weigh, names)
      : parseUnits(unitsNode ?? node, names);
  const that = members.get("that");
  const noun = members.get("called")?.text(64) ?? unitsLabel(unitsNode);
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
    that: that === undefined ? null : parseTest(that, names, depth + 1),
    weigh,
    label: `${weighed}${noun}${stance}`,
  };
}

function parseShares(node: JsonNode, members: Map<string, JsonNode>, names: RuleNames): Measure {
  const known = [
    "within",
    "shares",
    "units",
    "ballots",
    "weight",
    "less",
    "of_each",
    "when_empty",
    "called",
  ];
  refuseOthers(members, known, "shares");
  const shares = members.get("shares") ?? node;
  const table = names.tables.get(shares.text()) ?? shares.refuse("there is no such table");
  const of =
    members.get("of_each") ?? node.refuse("needs of_each: what a unit's share is split by");
  const part = parseBallots(node, members);
  const units = members.get("units");
  return {
    type: "shares",
    units: units === undefined ? tableUnits(table, names) : parseUnits(units, names),
    table,
    part,
    base: ballotMeasure(parseKinds(of), [], part.by),
    whenEmpty: members.get("when_empty")?.oneOf(["lost", "shared_out"]) ?? "lost",
    label: `${part.label} by shares of ${members.get("called")?.text(64) ?? spaced(table.name)}`,
  };
}

function parseWeigh(node: JsonNode | undefined, names: RuleNames): Table | "one" | "eligible" {
  if (node === undefined || node.value === "one") return "one";
  if (node.value === "eligible") return "eligible";
  return names.tables.get(node.text()) ?? node.refuse("there is no such table");
}

/** `regions`, `members`, the name of a group (its members) or of a table (who has an entry), or a list of names. */
export function parseUnits(node: JsonNode, names: RuleNames): Units {
  if (Array.isArray(node.value)) {
    const listed = node.list(names.limits.regionsMax).map((item) => item.text());
    if (new Set(listed).size < listed.length) node.refuse("a unit stands twice");
    return namedUnits(listed, names);
  }
  const word = node.text();
  if (word === "regions" || word === "members") return { type: word };
  const group = names.groups.get(word);
  if (group !== undefined) return namedUnits(group.members, names);
  const table = names.tables.get(word);
  return table === undefined
    ? node.refuse("neither regions nor members, nor a group or table of this rule")
    : tableUnits(table, names);
}

/** A part of the scope: a group or a region by name, or a list of them taken together. */
export function parseRegionGroup(node: JsonNode, names: RuleNames): RegionGroup {
  const isList = Array.isArray(node.value);
  const listed = isList
    ? node.list(names.limits.regionsMax).map((item) => item.text())
    : [node.text()];
  const regions = [...new Set(listed)].flatMap((name) => names.groups.get(name)?.regions ?? [name]);
  return { name: listed.join(", "), regions: [...new Set(regions)] };
}

export function unitsLabel(node: JsonNode | undefined): string {
  return typeof node?.value === "string" ? spaced(node.value) : "units";
}

function tableUnits(table: Table, names: RuleNames): Units {
  return namedUnits([...table.entries.keys()], names);
}

function namedUnits(listed: readonly string[], { groups }: RuleNames): Units {
  const resolved = listed.map(
    (name) => groups.get(name) ?? { name, regions: [name], members: [name] },
  );
  return { type: "named", names: listed, resolved };
}

function parseKinds(node: JsonNode): Kind[] {
  if (typeof node.value === "string") return [node.oneOf(kinds)];
  const found = node.list(kinds.length).map((item) => item.oneOf(kinds));
  if (new Set(found).size < found.length) node.refuse("a kind stands twice");
  const isWhole = (kind: Kind) => kind === "cast" || kind === "present" || kind === "eligible";
  if (found.length > 1 && found.some(isWhole)) {
    node.refuse("cast, present and eligible hold the others already, and would count them twice");
  }
  return found;
}

function ballotMeasure(plus: Kind[], less: Kind[], by: Counting): BallotMeasure {
  const without = less.length === 0 ? "" : ` without ${less.join(" and ")}`;
  return {
    type: "ballots",
    by,
    plus,
    less,
    label: `${plus.join(" and ")}${without}${by === "weight" ? " by weight" : ""}`,
  };
}

function refuseOthers(members: Map<string, JsonNode>, known: string[], what: string): void {
  for (const [name, node] of members) {
    if (!known.includes(name)) node.refuse(`does not go with ${what}`);
  }
}

function spaced(name: string): string {
  return name.replaceAll("_", " ");
}
