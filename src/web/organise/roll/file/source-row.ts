/** A row as its file has it. */
export interface SourceRow {
  /** Of the file, from 1: its line, or its row of the sheet. */
  line: number;
  /** Null of a row that can't be taken apart. */
  fields: readonly string[] | null;
}

/** Rows that were read at a time, and which share of the file is read with them, in 0 to 1. */
export interface RowBatch {
  rows: readonly SourceRow[];
  share: number;
}

/** A file that is read row by row, in order, the heading too; as often as it is asked for. */
export interface FileRows {
  batches(): AsyncIterable<RowBatch>;
}

/** Whether a row says nothing: spreadsheets end their files with such. */
export function isBlankRow({ fields }: SourceRow): boolean {
  return fields !== null && fields.every((field) => field.trim() === "");
}
