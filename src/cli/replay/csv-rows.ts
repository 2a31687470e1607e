import { pipeline } from "node:stream";
import { parse } from "csv-parse";
import { fileFault, openFile } from "../command-line/file-fault.ts";
import { UsageError } from "../command-line/usage-error.ts";

/**
 * One row: the asked columns in the asked order, and the number of the row in the file (the header
 * is row 1).
 */
export type CsvRow = { cells: string[]; row: number };

/**
 * Streams a CSV file (RFC 4180, gzipped where its name ends in `.gz`), whatever the order of its
 * columns.
 * @throws {UsageError} what is wrong with the file, in one sentence
 */
export async function* readCsvRows(
  path: string,
  columns: readonly string[],
): AsyncGenerator<CsvRow> {
  const rows: AsyncIterable<string[]> = openCsv(path);
  let positions: number[] | null = null;
  let row = 0;
  try {
    for await (const cells of rows) {
      row += 1;
      if (positions === null) {
        positions = findColumns(path, cells, columns);
        continue;
      }
      yield { cells: positions.map((position) => cells[position] ?? ""), row };
    }
  } catch (error) {
    throw fileFault(path, error);
  }
  if (positions === null) throw new UsageError(`${path} is empty`);
}

function openCsv(path: string): AsyncIterable<string[]> {
  const rows = parse({ bom: true });
  // An error of any stage ends the last one with it, which is where the reader sees it.
  return pipeline(openFile(path), rows, (error) => {
    if (error) rows.destroy(error);
  });
}

function findColumns(path: string, header: string[], columns: readonly string[]): number[] {
  return columns.map((column) => {
    const position = header.indexOf(column);
    if (position < 0) throw new UsageError(`${path} has no column "${column}"`);
    return position;
  });
}
