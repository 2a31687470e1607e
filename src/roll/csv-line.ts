/** What stands between the fields of a line: spreadsheets write one of three, by the country. */
export const separators = [",", ";", "\t"] as const;
export type Separator = (typeof separators)[number];

/** A field with its separator or the line's end, for each separator. */
const patterns: Readonly<Record<Separator, RegExp>> = {
  ",": /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y,
  ";": /(?:"((?:[^"]|"")*)"|([^";]*))(;|$)/y,
  "\t": /(?:"((?:[^"]|"")*)"|([^"\t]*))(\t|$)/y,
};

/** The fields of a line of CSV (RFC 4180), or null where its quotes are not in pairs. */
export function csvFields(line: string, separator: Separator): string[] | null {
  return line.includes('"') ? splitQuoted(line, patterns[separator]) : line.split(separator);
}

function splitQuoted(text: string, field: RegExp): string[] | null {
  const fields: string[] = [];
  for (field.lastIndex = 0; ;) {
    const match = field.exec(text);
    if (match === null) return null;
    const [, quoted, plain = "", end] = match;
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "") return fields;
  }
}

/** The columns that a file's first line names, and what stands between its fields. */
export interface CsvHeader {
  separator: Separator;
  /** Each as `columnName` spells it. */
  columns: readonly string[];
}

/** Reads the first line of a file of voters; null where it names no voter_id. */
export function readCsvHeader(line: string): CsvHeader | null {
  for (const separator of separators) {
    const columns = csvFields(line, separator)?.map(columnName);
    if (columns?.includes("voter_id")) return { separator, columns };
  }
  return null;
}

/**
 * A column's name however it is written: in small letters, with `_` for whatever is no letter or
 * digit. `Voter ID` is voter_id.
 */
export function columnName(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, "_")
    .replaceAll(/^_+|_+$/g, "");
}
