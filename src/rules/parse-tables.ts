import type { JsonNode } from "./json-node.ts";
import { greatestCommonDivisor, type Ratio } from "./ratio.ts";
import type { Group, RuleBounds, Table } from "./rule.ts";
import { workUnits } from "./work-units.ts";

/** Words that name units of themselves, so that no group or table may have them for a name. */
const reserved = new Set(["regions", "members", "one", "eligible"]);

/**
 * Real tables count in halves, per mille or basis points; without a bound a thousand odd fractions
 * would make figures of thousands of digits.
 */
const scaleMax = 10n ** 18n;

/** Names stand in every sentence about what they name. */
function requireName(name: string, node: JsonNode): void {
  if (reserved.has(name)) node.refuse("this word has a meaning of its own");
  if (name.length > nameCharactersMax)
    node.refuse(`its name has over ${nameCharactersMax} characters`);
}

const nameCharactersMax = 200;

export function parseTables(
  node: JsonNode | undefined,
  entriesMax: number,
): ReadonlyMap<string, Table> {
  const tables = new Map<string, Table>();
  for (const [name, table] of node?.anyObject() ?? []) {
    requireName(name, table);
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
  if (scale === null) return node.refuse("its fractions have no common denominator up to 10^18");
  const scaled = ({ numerator, denominator }: Ratio) => numerator * (scale / denominator);
  const entries = new Map([...weights].map(([code, weight]) => [code, scaled(weight)]));
  const isWeightless = [...entries.values()].every((weight) => weight === 0n);
  if (isWeightless && otherwise === null) node.refuse("every weight in the table is 0");
  return { name, scale, entries, otherwise: otherwise === null ? null : scaled(otherwise) };
}

/** Null above `scaleMax`: the product of a thousand odd fractions is not worked out. */
function commonDenominator(weights: readonly Ratio[]): bigint | null {
  let common = 1n;
  for (const { denominator } of weights) {
    if (denominator === 1n || common === denominator) continue;
    common = (common / greatestCommonDivisor(common, denominator)) * denominator;
    if (common > scaleMax) return null;
  }
  return common;
}

export function parseGroups(
  node: JsonNode | undefined,
  bounds: RuleBounds,
): ReadonlyMap<string, Group> {
  const nodes = node?.anyObject() ?? new Map<string, JsonNode>();
  const members = new Map(
    [...nodes].map(([name, group]) => {
      requireName(name, group);
      return [name, parseMembers(group, bounds.regionsMax)];
    }),
  );
  const groups = new Map<string, Group>();
  for (const [name, group] of nodes) {
    const regions = regionsOf(name, { members, bounds, at: group }, []);
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
  /** The group that is asked about. */
  at: JsonNode;
};

function regionsOf(name: string, groups: Groups, above: readonly string[]): Set<string> {
  const { members, bounds, at } = groups;
  if (above.includes(name)) at.refuse(`the group contains itself, by way of ${name}`);
  if (above.length > bounds.ruleDepthMax) at.refuse(`nested deeper than ${bounds.ruleDepthMax}`);
  const inner = members.get(name);
  if (inner === undefined) return new Set([name]);
  // Of groups in groups there are as many ways down as their sizes multiplied.
  at.work.spend(inner.length * workUnits.groupMember);
  return new Set(inner.flatMap((one) => [...regionsOf(one, groups, [...above, name])]));
}
