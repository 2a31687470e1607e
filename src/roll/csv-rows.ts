import { limits } from "../shared/limits.ts";
import { checkRow, type RowRules } from "./check-row.ts";
import { csvFields, readCsvHeader, type CsvHeader } from "./csv-line.ts";
import {
  namesRefused,
  RollRefused,
  voterIdMissing,
  type RollRow,
  type RowProblem,
  type RowReader,
} from "./row-problem.ts";

const columnNames = ["voter_id", "region", "weight", "name"] as const;
type ColumnName = (typeof columnNames)[number];

/**
 * Reads the rows of a CSV file (RFC 4180) by its header, with commas, semicolons or tabs between
 * the fields. A field never spans lines: so a stray quote costs its own row, not the file's rest.
 * @throws {RollRefused} for a header that does not say what the fields are
 */
export function csvRowReader(header: string, rules: RowRules): RowReader {
  const { separator, columns } = requireHeader(header, rules);
  const count = columns.length;
  const unnamed = columns.flatMap((name, at) => (name === "" ? [at] : []));
  const placeOf = (name: ColumnName) => (rules.ignored.has(name) ? -1 : columns.indexOf(name));
  const [voterIdAt, regionAt] = [placeOf("voter_id"), placeOf("region")];
  const [weightAt, nameAt] = [placeOf("weight"), placeOf("name")];
  return (text) => {
    if (text === "") return null;
    const fields = csvFields(text, separator);
    if (fields === null) return "row.bad_quotes";
    const [voterId = "", region = ""] = [fields[voterIdAt], fields[regionAt]];
    // Spreadsheets end their files with rows of separators alone.
    if (isBlank(voterId) && fields.every(isBlank)) return null;
    if (fields.length !== count) return "row.wrong_columns";
    if (unnamed.some((at) => !isBlank(fields[at] ?? ""))) return "row.wrong_columns";
    const [weight = "", name = ""] = [fields[weightAt], fields[nameAt]];
    return checkFields({ voterId, region, weight, name }, rules);
  };
}

/** What a row says, as it is written: its weight too. */
export type RowFields = Record<"voterId" | "region" | "weight" | "name", string>;

/** Checks the fields of a row of any file. */
export function checkFields(fields: RowFields, rules: RowRules): RollRow | RowProblem {
  const weight = toWeight(fields.weight);
  return typeof weight === "string" ? weight : checkRow({ ...fields, weight }, rules);
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}

function requireHeader(line: string, { regions, hasNames, ignored }: RowRules): CsvHeader {
  const header = readCsvHeader(line);
  if (header === null || ignored.has("voter_id")) throw voterIdMissing(line);
  const columns = header.columns.filter((name) => name !== "" && !ignored.has(name));
  const isKnown = (name: string) => columnNames.some((known) => known === name);
  const unknown = columns.filter((name) => !isKnown(name));
  if (unknown.length > 0) throw unknownColumns([...new Set(unknown)]);
  if (columns.includes("name") && !hasNames) throw namesRefused();
  if (new Set(columns).size !== columns.length) throw new RollRefused("roll.duplicate_column");
  if (regions.size > 0 && !columns.includes("region")) {
    const detail = "The decision has regions: name the column region.";
    throw new RollRefused("roll.missing_column", detail);
  }
  return header;
}

function unknownColumns(names: readonly string[]): RollRefused {
  const { rollColumnsNamedMax: most, rollColumnCharactersMax: longest } = limits;
  const named = names.slice(0, most).map((name) => Array.from(name).slice(0, longest).join(""));
  const more = names.length > most ? ` and ${names.length - most} more` : "";
  const detail =
    `Not known: ${named.join(", ")}${more}. Known are ${columnNames.join(", ")}. ` +
    `Leave the others out, or PUT the roll with \`?ignore=${named.join(",")}\` to pass over them.`;
  return new RollRefused("roll.unknown_column", detail);
}

const wholeNumber = /^\d{1,13}$/;
const decimalNumber = /^\d*[.,]\d+$/;

/** Digits alone: Number() would take `1e3` and `0x10`. An empty field is the weight 1. */
function toWeight(field: string): number | RowProblem {
  if (wholeNumber.test(field)) return Number(field);
  const text = field.trim();
  if (text === "") return 1;
  if (wholeNumber.test(text)) return Number(text);
  return decimalNumber.test(text) ? "weight.not_whole" : "weight.invalid";
}
