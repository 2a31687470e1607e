/** What a cell of a spreadsheet may hold. */
export type SheetCell = string | number | boolean | Date | null;

/** The largest number that a spreadsheet keeps exactly. */
const exactMax = Number.MAX_SAFE_INTEGER;

/**
 * A cell as a file of text would have it. Dates are written as ISO 8601, numbers in plain digits:
 * what a sheet shows by its format, such as leading zeros, is not in its cells.
 */
export function cellText(cell: SheetCell | undefined): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "string") return cell;
  if (typeof cell === "boolean") return cell ? "TRUE" : "FALSE";
  if (typeof cell === "number")
    return Number.isInteger(cell) && Math.abs(cell) <= exactMax
      ? BigInt(cell).toString()
      : String(cell);
  const iso = cell.toISOString();
  return iso.endsWith("T00:00:00.000Z") ? iso.slice(0, "2026-01-31".length) : iso;
}
