import { limits } from "../shared/limits.ts";
import type { RowRules } from "./check-row.ts";
import { csvRowReader } from "./csv-rows.ts";
import { TextPieces } from "./decode-text.ts";
import { LineCutter } from "./line-cutter.ts";
import { ndjsonRowReader } from "./ndjson-rows.ts";
import type { RollReport } from "./roll-report.ts";
import { RollRefused, unknownEncoding, type RollRow, type RowReader } from "./row-problem.ts";

export type RollFormat = "csv" | "ndjson";

export type RollReading = RowRules & {
  format: RollFormat;
  bytesMax: number;
  /** What the sender says that the body has, or null where it says nothing. */
  bytesStated: number | null;
  report: Pick<RollReport, "rows" | "refuse">;
  take(row: RollRow, line: number): void;
  /**
   * Called between chunks, with the bytes read so far; what it waits for holds the reading back.
   */
  afterChunk(bytes: number): Promise<void>;
};

/**
 * Reads an upload row by row in bounded memory. Bad rows go to the report, good ones to `take`.
 * @throws {RollRefused} where the upload as a whole can't be a roll, or broke off
 */
export async function readRoll(
  body: ReadableStream<Uint8Array>,
  reading: RollReading,
): Promise<void> {
  const { format, report } = reading;
  let readRow: RowReader | null = format === "csv" ? null : ndjsonRowReader(reading);
  const cutter = new LineCutter((text, line) => {
    if (text?.includes("\uFFFD")) throw unknownEncoding(line);
    if (readRow === null) {
      readRow = csvRowReader(text ?? "", reading);
      return;
    }
    const row = text === null ? "row.too_long" : readRow(text);
    if (row === null) return;
    report.rows += 1;
    if (report.rows > limits.rollRowsMax) throw new RollRefused("roll.too_many_rows");
    if (typeof row === "string") report.refuse(line, row);
    else reading.take(row, line);
  });
  const pieces = new TextPieces();
  let bytes = 0;
  for await (const chunk of chunksOf(body)) {
    bytes += chunk.byteLength;
    if (bytes > reading.bytesMax) throw new RollRefused("body.too_large");
    cutter.feed(pieces.feed(chunk));
    await reading.afterChunk(bytes);
  }
  // A transport may end a body early without an error; a roll that is whole has its stated length.
  if (reading.bytesStated !== null && bytes !== reading.bytesStated)
    throw new RollRefused("body.cut_off");
  cutter.feed(pieces.end());
  cutter.end();
  if (readRow === null) throw new RollRefused("roll.empty");
}

/** The body in chunks of bounded size, however it arrives. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { value, done } = await readChunk(reader);
      if (done) return;
      for (let from = 0; from < value.byteLength; from += limits.rollChunkBytes) {
        yield value.subarray(from, from + limits.rollChunkBytes);
      }
    }
  } finally {
    reader.releaseLock();
  }
}

async function readChunk(reader: ReadableStreamDefaultReader<Uint8Array>) {
  try {
    return await reader.read();
  } catch {
    // Whatever the transport calls it: the sender stopped before the end.
    throw new RollRefused("body.cut_off");
  }
}
