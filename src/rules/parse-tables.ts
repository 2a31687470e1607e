import type { JsonNode } from "./json-node.ts";
import { greatestCommonDivisor, type Ratio } from "./ratio.ts";
import type { Group, RuleBounds, Table } from "./rule.ts";

/** Words that name units of themselves, so that no group or table may have them for a name. */
const reserved = new Set(["regions", "members", "one", "eligible"]);

/**
 * Real tables count in halves, per mille or basis points; without a bound a thousand odd fractions
 * would make figures of thousands of digits.
 */
const scaleMax = 10n ** 18n;

export function parseTables(
  node: JsonNode | undefined,
  entriesMax: number,
): ReadonlyMap<string, Table> {
  const tables = new Map<string, Table>();
  for (const [name, table] of node?.anyObject() ?? []) {
    if (reserved.has(name)) table.refuse("this word has a meaning of its own");
    tables.set(name, parseTable(name, table, entriesMax));
  }
  return tables;
}

/** `otherwise` is the weight of whoever has no entry. */
function parseTable(name: string, node: JsonNode, entriesMax: number): Table {
  const members = node.anyObject();
  const otherwise = members.get("otherwise")?.ratio() ?? null;
  members.delete("otherwise");
  if (members.size === 0 && otherwise === null) node.refuse("the table is empty");
  if (members.size > entriesMax) node.refuse(`more than ${entriesMax} entries`);
  const weights = new Map([...members].map(([code, entry]) => [code, entry.ratio()]));
  const scale = commonDenominator([
    ...weights.values(),
    ...(otherwise === null ? [] : [otherwise]),
  ]);
  if (scale > scaleMax) node.refuse("its fractions have no common denominator up to 10^18");
  const scaled = ({ numerator, denominator }: Ratio) => numerator * (scale / denominator);
  const entries = new Map([...weights].map(([code, weight]) => [code, scaled(weight)]));
  const isWeightless = [...entries.values()].every((weight) => weight === 0n);
  if (isWeightless && otherwise === null) node.refuse("every weight in the table is 0");
  return { name, scale, entries, otherwise: otherwise === null ? null : scaled(otherwise) };
}

function commonDenominator(weights: readonly Ratio[]): bigint {
  return weights.reduce(
    (common, { denominator }) =>
      (common / greatestCommonDivisor(common, denominator)) * denominator,
    1n,
  );
}

export function parseGroups(
  node: JsonNode | undefined,
  bounds: RuleBounds,
): ReadonlyMap<string, Group> {
  const nodes = node?.anyObject() ?? new Map<string, JsonNode>();
  const members = new Map(
    [...nodes].map(([name, group]) => {
      if (reserved.has(name)) group.refuse("this word has a meaning of its own");
      return [name, parseMembers(group, bounds.regionsMax)];
    }),
  );
  const groups = new Map<string, Group>();
  const left = { members: bounds.ruleGroupMembersMax };
  for (const [name, group] of nodes) {
    const regions = regionsOf(name, { members, bounds, left, at: group }, []);
    groups.set(name, { name, members: members.get(name) ?? [], regions: [...regions] });
  }
  return groups;
}

function parseMembers(node: JsonNode, membersMax: number): string[] {
  const seen = new Set<string>();
  for (const item of node.list(membersMax)) {
    const name = item.text();
    if (seen.has(name)) item.refuse("this member stands twice");
    seen.add(name);
  }
  return [...seen];
}

type Groups = {
  members: ReadonlyMap<string, readonly string[]>;
  bounds: RuleBounds;
  /**
   * Members that may still be looked into: of groups in groups there are as many ways down as their
   * sizes multiplied.
   */
  left: { members: number };
  /** The group that is asked about. */
  at: JsonNode;
};

function regionsOf(name: string, groups: Groups, above: readonly string[]): Set<string> {
  const { members, bounds, left, at } = groups;
  if (above.includes(name)) at.refuse(`the group contains itself, by way of ${name}`);
  if (above.length > bounds.ruleDepthMax) at.refuse(`nested deeper than ${bounds.ruleDepthMax}`);
  const inner = members.get(name);
  if (inner === undefined) return new Set([name]);
  left.members -= inner.length;
  if (left.members < 0)
    at.refuse(`the groups have more than ${bounds.ruleGroupMembersMax} members, with those within`);
  return new Set(inner.flatMap((one) => [...regionsOf(one, groups, [...above, name])]));
}
