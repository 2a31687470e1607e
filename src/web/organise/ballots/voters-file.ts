import type { CellValue } from "read-excel-file/browser";
import { limits } from "../../../shared/limits.ts";
import { readVoterTable, tableOf, type TableFault, type VoterTable } from "./voter-table.ts";

/** Why a file of voters is not taken. */
export type FileFault = TableFault | "too_large" | "too_many" | "unreadable";

/** Reads a file of voters in this browser: CSV, or the first sheet of an Excel workbook. */
export async function readVotersFile(file: File): Promise<VoterTable | FileFault> {
  if (file.size > limits.votersFileBytesMax) return "too_large";
  const bytes = new Uint8Array(await file.arrayBuffer());
  const table = isWorkbook(bytes) ? await readWorkbook(file) : readVoterTable(decodeText(bytes));
  return typeof table !== "string" && table.rows.length > limits.linksAPageMax ? "too_many" : table;
}

/** A workbook is a ZIP archive. */
function isWorkbook([first, second]: Uint8Array): boolean {
  return first === 0x50 && second === 0x4b;
}

async function readWorkbook(file: File): Promise<VoterTable | FileFault> {
  const { readSheet } = await import("read-excel-file/browser");
  try {
    const cells = await readSheet(file);
    return tableOf(cells.map((row) => row.map(textOf)));
  } catch {
    return "unreadable";
  }
}

function textOf(cell: CellValue | null): string {
  if (cell === null) return "";
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell);
}

/** UTF-16 where it begins with the mark of that, else UTF-8. */
function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const isLittle = first === 0xff && second === 0xfe;
  const isBig = first === 0xfe && second === 0xff;
  const encoding = isLittle ? "utf-16le" : isBig ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}
