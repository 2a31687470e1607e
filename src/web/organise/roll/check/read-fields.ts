import type { RowFields } from "../../../../roll/csv-rows.ts";
import type { RowProblem } from "../../../../roll/row-problem.ts";
import type { ColumnMapping } from "../columns.ts";
import { isBlankRow, type SourceRow } from "../file/source-row.ts";

/** A region of the decision. */
export interface RollRegion {
  code: string;
  name: string;
}

/** How the organiser's file is to be taken for a roll. */
export interface RollMapping {
  columns: ColumnMapping;
  /** Whether its first row names the columns. */
  hasHeading: boolean;
  /** Codes of regions by what the file calls them, where it is neither their code nor name. */
  regionCodes: Readonly<Record<string, string>>;
}

/** Takes the fields of a row for those of a roll; null is a row that says nothing. */
export type ReadFields = (row: SourceRow) => RowFields | RowProblem | null;

/** @param columnCount how many columns the file's first row has */
export function fieldReader(
  { columns, hasHeading, regionCodes }: RollMapping,
  regions: readonly RollRegion[],
  columnCount: number,
): ReadFields {
  const codeOf = regionFinder(regions, regionCodes);
  let isFirst = true;
  return (row) => {
    const isHeading = isFirst && hasHeading;
    isFirst = false;
    if (isHeading || isBlankRow(row)) return null;
    const { fields } = row;
    if (fields === null) return "row.bad_quotes";
    const isWhole = fields.length >= columnCount && fields.slice(columnCount).every(isEmpty);
    if (!isWhole) return "row.wrong_columns";
    const fieldAt = (at: number | null): string => (at === null ? "" : (fields[at] ?? ""));
    return {
      voterId: fieldAt(columns.voterId),
      region: regions.length === 0 ? "" : codeOf(fieldAt(columns.region)),
      weight: fieldAt(columns.weight),
      name: fieldAt(columns.name).replaceAll(/\s*[\r\n]+\s*/g, " "),
    };
  };
}

function isEmpty(field: string): boolean {
  return field.trim() === "";
}

/** A region's code by its code, its name, or what the organiser says; else what the file has. */
function regionFinder(
  regions: readonly RollRegion[],
  regionCodes: Readonly<Record<string, string>>,
): (text: string) => string {
  const codes = new Map<string, string>();
  for (const { code, name } of regions) codes.set(foldRegion(name), code);
  for (const [text, code] of Object.entries(regionCodes)) codes.set(foldRegion(text), code);
  const known = new Set(regions.map(({ code }) => code));
  return (text) => {
    if (known.has(text)) return text;
    const composed = text.trim().normalize("NFC");
    return known.has(composed) ? composed : (codes.get(foldRegion(text)) ?? text);
  };
}

/** What of a region's name counts when it is looked for. */
export function foldRegion(text: string): string {
  return text.trim().normalize("NFC").toLowerCase().replaceAll(/\s+/g, " ");
}
