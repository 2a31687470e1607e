/** What spreadsheets take for the beginning of a formula, quoted or not (OWASP ASVS 5.0, 1.2.10). */
const formulaStart = /^[=+\-@\t\r\0]/;

/**
 * A field of CSV (RFC 4180). One that a spreadsheet would take for a formula, as it does a pid that begins with a hyphen, has an apostrophe before
 * it. Nothing that is exported begins with one by itself (pids are base64url, regions begin with a letter or digit), so whoever takes it away has
 * the value back.
 */
export function csvField(value: string | number | null): string {
  const text = String(value ?? "");
  const shown = typeof value === "string" && formulaStart.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}
