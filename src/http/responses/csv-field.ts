/**
 * What spreadsheets take for the start of a formula, quoted or not (OWASP ASVS 5.0, 1.2.10), and the
 * apostrophe itself.
 */
const markedStart = /^[=+\-@\t\r\0']/;

/** What a CSV answer begins with: without it Excel takes UTF-8 for the country's own encoding. */
export const csvStart = "\uFEFF";

/**
 * A field of CSV (RFC 4180). What a spreadsheet would take for a formula, such as a name that begins
 * with a hyphen, gets an apostrophe before it, and so does what begins with one: taking it away
 * gives the value back.
 */
export function csvField(value: string | number | null): string {
  const text = String(value ?? "");
  const shown = typeof value === "string" && markedStart.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}
