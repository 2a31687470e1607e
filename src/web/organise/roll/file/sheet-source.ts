import readWorkbook from "read-excel-file/web-worker";
import { cellText, type SheetCell } from "./sheet-cells.ts";
import type { FileRows } from "./source-row.ts";

const batchRows = 10_000;

/** A sheet of a workbook, with its rows as it was read. */
export interface WorkbookSheet {
  name: string;
  rows: readonly (readonly SheetCell[])[];
}

/** Reads a workbook's sheets. @throws {Error} it is none, or is locked by a password */
export async function readSheets(file: Blob): Promise<WorkbookSheet[]> {
  const sheets = await readWorkbook(file);
  // Formulas come as what they last gave, a text, a number or a date.
  return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data as SheetCell[][] }));
}

/** The rows of a sheet, numbered as the sheet numbers them. */
export function sheetSource({ rows }: WorkbookSheet): FileRows {
  return {
    async *batches() {
      for (let from = 0; from < rows.length; from += batchRows) {
        const some = rows.slice(from, from + batchRows);
        yield {
          rows: some.map((cells, at) => ({
            line: from + at + 1,
            fields: Array.from(cells, cellText),
          })),
          share: Math.min(1, (from + batchRows) / rows.length),
        };
      }
    },
  };
}
