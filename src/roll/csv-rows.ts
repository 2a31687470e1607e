import { checkRow, type RowRules } from "./check-row.ts";
import { namesRefused, RollRefused, type RowReader } from "./row-problem.ts";

const columnNames = ["voter_id", "region", "weight", "name"] as const;
type ColumnName = (typeof columnNames)[number];

/**
 * Reads the rows of a CSV file (RFC 4180) by its header. A field never spans lines: so a stray
 * quote costs its own row, not the file's rest.
 * @throws {RollRefused} for a header that does not say what the fields are
 */
export function csvRowReader(header: string, rules: RowRules): RowReader {
  const columns = readHeader(header, rules.regions);
  if (columns.includes("name") && !rules.hasNames) throw namesRefused();
  const placeOf = (name: ColumnName) => columns.indexOf(name);
  const [voterIdAt, regionAt] = [placeOf("voter_id"), placeOf("region")];
  const [weightAt, nameAt] = [placeOf("weight"), placeOf("name")];
  return (text) => {
    if (text === "") return null;
    const fields = csvFields(text);
    if (fields === null) return "row.bad_quotes";
    if (fields.length !== columns.length) return "row.wrong_columns";
    const [voterId = "", region = ""] = [fields[voterIdAt], fields[regionAt]];
    const [weight = "", name = ""] = [fields[weightAt], fields[nameAt]];
    return checkRow({ voterId, region, weight: toWeight(weight), name }, rules);
  };
}

function readHeader(header: string, regions: ReadonlySet<string>): readonly string[] {
  const columns = csvFields(header) ?? [];
  const isKnown = (name: string) => columnNames.some((known) => known === name);
  if (!columns.includes("voter_id")) {
    throw new RollRefused("roll.missing_column", "The first line names the column voter_id.");
  }
  const unknown = columns.findIndex((name) => !isKnown(name));
  if (unknown !== -1) {
    const detail = `Column ${unknown + 1} is none of ${columnNames.join(", ")}.`;
    throw new RollRefused("roll.unknown_column", detail);
  }
  if (new Set(columns).size !== columns.length) throw new RollRefused("roll.duplicate_column");
  if (regions.size > 0 && !columns.includes("region")) {
    throw new RollRefused(
      "roll.missing_column",
      "The decision has regions: name the column region.",
    );
  }
  return columns;
}

/** The fields of a line of CSV, or null where its quotes are not in pairs. */
export function csvFields(line: string): string[] | null {
  return line.includes('"') ? splitQuoted(line) : line.split(",");
}

/** Digits alone: Number() would take `1e3`, `0x10` and spaces. An empty field is the weight 1. */
function toWeight(text: string): number {
  if (text === "") return 1;
  return /^\d{1,13}$/.test(text) ? Number(text) : Number.NaN;
}

const field = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;

/** The fields of a line that has quotes in it, or null where they are not in pairs. */
function splitQuoted(text: string): string[] | null {
  const fields: string[] = [];
  for (field.lastIndex = 0; ;) {
    const match = field.exec(text);
    if (match === null) return null;
    const [, quoted, plain = "", end] = match;
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "") return fields;
  }
}
