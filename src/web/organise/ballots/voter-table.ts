/** A file of voters as its spreadsheet has it: names of columns, and rows of as many fields. */
export interface VoterTable {
  columns: string[];
  rows: string[][];
}

/** Why a text is no such file. */
export type TableFault = "empty" | "quotes" | "header";

const separators = [",", ";", "\t"] as const;

/**
 * Reads CSV (RFC 4180) with commas, semicolons or tabs between its fields. A field in quotes may
 * span lines. Rows without any text are passed over; a row that is too short is filled up.
 */
export function readVoterTable(text: string): VoterTable | TableFault {
  const whole = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const records = splitRecords(whole, separatorOf(whole));
  return records === null ? "quotes" : tableOf(records);
}

/** The same of cells that a workbook's reader gives. */
export function tableOf(records: readonly (readonly string[])[]): VoterTable | TableFault {
  const filled = records.filter((record) => record.some((field) => field.trim() !== ""));
  const [header, ...rest] = filled;
  if (header === undefined) return "empty";
  const columns = header.map((name) => name.trim());
  while (columns.at(-1) === "") columns.pop();
  if (columns.includes("") || new Set(columns).size !== columns.length) return "header";
  const rows = rest.map((record) => columns.map((_, at) => (record[at] ?? "").trim()));
  return rows.length === 0 ? "empty" : { columns, rows };
}

/** What stands most often in the first line, outside quotes. */
function separatorOf(text: string): string {
  const end = text.search(/[\r\n]/);
  const line = (end < 0 ? text : text.slice(0, end)).replaceAll(/"[^"]*"/g, "");
  const countOf = (separator: string) => line.split(separator).length;
  return separators.toSorted((a, b) => countOf(b) - countOf(a))[0] ?? ",";
}

/** Null where a quote is not closed. */
function splitRecords(text: string, separator: string): string[][] | null {
  const special = separator === "\t" ? "\\t" : separator;
  // A quote within a plain field is a quote; one that begins a field has to be closed.
  const plainField = `((?:[^"${special}\\r\\n][^${special}\\r\\n]*)?)`;
  const end = `(${special}|\\r\\n|\\r|\\n|$)`;
  const field = new RegExp(`(?:"((?:[^"]|"")*)"|${plainField})${end}`, "y");
  const records: string[][] = [];
  let record: string[] = [];
  while (field.lastIndex < text.length) {
    const match = field.exec(text);
    if (match === null) return null;
    const [, quoted, plain = "", after] = match;
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (after === separator) continue;
    records.push(record);
    record = [];
  }
  if (record.length > 0) records.push([...record, ""]);
  return records;
}
