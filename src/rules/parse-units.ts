import type { JsonNode } from "./json-node.ts";
import type { ParseContext } from "./parse-context.ts";
import type { Group, RegionGroup, Table, Units, UnitsSource } from "./rule.ts";
import { workUnits } from "./work-units.ts";

/**
 * `regions`, `members`, the name of a group (its members) or of a table (who has an entry), or a
 * list of names.
 */
export function parseUnits(node: JsonNode, context: ParseContext): Units {
  if (Array.isArray(node.value)) {
    const listed = node.list(context.limits.regionsMax).map((item) => item.text());
    if (new Set(listed).size < listed.length) node.refuse("a unit stands twice");
    return namedUnits(listed, null, context);
  }
  const word = node.text();
  if (word === "regions" || word === "members") return { type: word };
  const group = context.groups.get(word);
  if (group !== undefined) return unitsOnce(group, { group: word }, context);
  const table = context.tables.get(word);
  return table === undefined
    ? node.refuse("neither regions nor members, nor a group or table of this rule")
    : tableUnits(table, context);
}

/** The units of a group or table, which a rule looks up once. */
function unitsOnce(of: Group | Table, source: UnitsSource, context: ParseContext): Units {
  const known = context.unitsOf.get(of);
  if (known !== undefined) return known;
  const names = "entries" in of ? [...of.entries.keys()] : of.members;
  const units = namedUnits(names, source, context);
  context.unitsOf.set(of, units);
  return units;
}

/** A part of the scope: a group or a region by name, or a list of them taken together. */
export function parseRegionGroup(node: JsonNode, context: ParseContext): RegionGroup {
  const isList = Array.isArray(node.value);
  const listed = isList
    ? node.list(context.limits.regionsMax).map((item) => item.text())
    : [node.text()];
  const regions = [...new Set(listed)].flatMap((name) => {
    const known = context.groups.get(name)?.regions ?? [name];
    context.work.spend(known.length * workUnits.groupMember);
    return known;
  });
  return { name: listed.join(", "), parts: listed, regions: [...new Set(regions)] };
}

/** What units are called in sentences. */
export function unitsLabel(node: JsonNode | undefined): string {
  return typeof node?.value === "string" ? spaced(node.value) : "units";
}

/** The units that have an entry in a table. */
export function tableUnits(table: Table, context: ParseContext): Units {
  return context.unitsOf.get(table) ?? unitsOnce(table, { table: table.name }, context);
}

function namedUnits(
  listed: readonly string[],
  source: UnitsSource | null,
  { groups, work }: ParseContext,
): Units {
  work.spend(listed.length * workUnits.name);
  const resolved = listed.map(
    (name) => groups.get(name) ?? { name, regions: [name], members: [name] },
  );
  return { type: "named", names: listed, source, resolved };
}

/** What each unit counts: one, its eligible voters, or its weight in a table. */
export function parseWeigh(
  node: JsonNode | undefined,
  { tables }: ParseContext,
): Table | "one" | "eligible" {
  if (node === undefined || node.value === "one") return "one";
  if (node.value === "eligible") return "eligible";
  return tables.get(node.text()) ?? node.refuse("there is no such table");
}

/** A name of the document as words of a sentence. */
export function spaced(name: string): string {
  return name.replaceAll("_", " ");
}
