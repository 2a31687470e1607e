/** A table's cells; a number or a text of digits stands as it is. */
export type TableRow = readonly (string | number | null)[];

/**
 * Rows as CSV (RFC 4180), with a byte order mark, since spreadsheets take UTF-8 for something else
 * without it.
 */
export function csvText(rows: readonly TableRow[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(csvCell).join(",")}\r\n`).join("")}`;
}

/** A text that a spreadsheet would run as a formula gets an apostrophe before it. */
function csvCell(cell: string | number | null): string {
  if (cell === null) return "";
  const text = String(cell);
  const safe = typeof cell === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
