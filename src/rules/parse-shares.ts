import type { JsonNode } from "./json-node.ts";
import { ballotMeasure, parseBallots, parseKinds, refuseOthers } from "./parse-ballots.ts";
import type { ParseContext } from "./parse-context.ts";
import { parseUnits, spaced, tableUnits } from "./parse-units.ts";
import type { ShareMeasure } from "./rule.ts";

/** Reads units' fixed shares, each split as the unit's own voters split. */
export function parseShares(
  node: JsonNode,
  members: Map<string, JsonNode>,
  context: ParseContext,
): ShareMeasure {
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
  const table = context.tables.get(shares.text()) ?? shares.refuse("there is no such table");
  const of =
    members.get("of_each") ?? node.refuse("needs of_each: what a unit's share is split by");
  const part = parseBallots(node, members);
  const units = members.get("units");
  const called = members.get("called")?.text(64) ?? null;
  return {
    type: "shares",
    units: units === undefined ? tableUnits(table, context) : parseUnits(units, context),
    table,
    part,
    base: ballotMeasure(parseKinds(of), [], part.by),
    whenEmpty: members.get("when_empty")?.oneOf(["lost", "shared_out"]) ?? "lost",
    called,
    label: `${part.label} by shares of ${called ?? spaced(table.name)}`,
  };
}
