import { parseStrictly } from "../shared/strict-json.ts";
import { checkRow, type RowRules } from "./check-row.ts";
import { columnName } from "./csv-line.ts";
import { namesRefused, type RowReader } from "./row-problem.ts";

const memberNames = new Set(["voter_id", "region", "weight", "name"]);

/** Reads lines of JSON objects with voter_id and, where they say more, region, weight and name. */
export function ndjsonRowReader(rules: RowRules): RowReader {
  const { ignored } = rules;
  const isIgnored = (name: string) => ignored.size > 0 && ignored.has(columnName(name));
  return (text) => {
    if (text.trim() === "") return null;
    const parsed = parseStrictly(text);
    // A row's members are texts and numbers: one that is nested at all is none.
    if ("refused" in parsed)
      return parsed.refused === "duplicate_key" ? "row.duplicate_key" : "row.not_json";
    const { value } = parsed;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return "row.not_json";
    const members = new Map<string, unknown>(
      Object.entries(value).filter(([name]) => !isIgnored(name)),
    );
    if ([...members.keys()].some((name) => !memberNames.has(name))) return "row.unknown_field";
    const voterId = members.get("voter_id") ?? "";
    const region = members.get("region") ?? "";
    const weight = members.get("weight") ?? 1;
    const name = members.get("name") ?? "";
    if (members.has("name") && !rules.hasNames) throw namesRefused();
    if (typeof voterId !== "string") return "voter_id.malformed";
    if (typeof region !== "string") return "region.unknown";
    if (typeof weight !== "number" || !Number.isFinite(weight)) return "weight.invalid";
    if (!Number.isInteger(weight)) return "weight.not_whole";
    if (typeof name !== "string") return "name.malformed";
    return checkRow({ voterId, region, weight, name }, rules);
  };
}
