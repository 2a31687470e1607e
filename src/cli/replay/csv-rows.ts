import { createReadStream, existsSync } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { parse } from "csv-parse";
import { UsageError } from "../command-line/usage-error.ts";

/**
 * One row: the asked columns in the asked order, and the number of the row in the file (the header
 * is row 1).
 */
export type CsvRow = { cells: string[]; row: number };

/**
 * Streams a CSV file (RFC 4180, gzipped where its name ends in `.gz`), whatever the order of its
 * columns.
 */
export async function* readCsvRows(
  path: string,
  columns: readonly string[],
): AsyncGenerator<CsvRow> {
  if (!existsSync(path)) throw new UsageError(`${path} does not exist`);
  const rows: AsyncIterable<string[]> = openCsv(path);
  let positions: number[] | null = null;
  let row = 0;
  for await (const cells of rows) {
    row += 1;
    if (positions === null) {
      positions = findColumns(path, cells, columns);
      continue;
    }
    yield { cells: positions.map((position) => cells[position] ?? ""), row };
  }
  if (positions === null) throw new UsageError(`${path} is empty`);
}

function openCsv(path: string): AsyncIterable<string[]> {
  const file = createReadStream(path);
  const rows = parse({ bom: true });
  // An error of any stage ends the last one with it, which is where the reader sees it.
  const forward = (error: Error | null | undefined): void => {
    if (error) rows.destroy(error);
  };
  return path.endsWith(".gz")
    ? pipeline(file, createGunzip(), rows, forward)
    : pipeline(file, rows, forward);
}

function findColumns(path: string, header: string[], columns: readonly string[]): number[] {
  return columns.map((column) => {
    const position = header.indexOf(column);
    if (position < 0) throw new UsageError(`${path} has no column "${column}"`);
    return position;
  });
}
