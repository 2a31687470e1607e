import { csvFields, readCsvHeader, type CsvHeader } from "./csv-line.ts";
import { TextPieces } from "./decode-text.ts";
import { LineCutter } from "./line-cutter.ts";
import { RollRefused, unknownEncoding, voterIdMissing } from "./row-problem.ts";

/** A voter_id as a file has it, and its line, from 1. */
export interface WrittenVoterId {
  voterId: string;
  line: number;
}

/**
 * Reads one column of a CSV file, in every form that a roll may have; others may be there. Lines
 * that name nobody are passed over: an import has refused them.
 * @throws {RollRefused} roll.missing_column, roll.unknown_encoding or register.bad_line
 */
export async function* readVoterIds(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<WrittenVoterId> {
  let header: CsvHeader | null = null;
  let found: WrittenVoterId[] = [];
  const cutter = new LineCutter((text, line) => {
    if (text?.includes("\uFFFD")) throw unknownEncoding(line);
    if (header === null) {
      header = readCsvHeader(text ?? "");
      if (header === null) throw voterIdMissing(text ?? "");
      return;
    }
    const voterId = readVoterId(text, line, header);
    if (voterId !== null) found.push({ voterId, line });
  });
  const pieces = new TextPieces();
  for await (const bytes of body) {
    cutter.feed(pieces.feed(bytes));
    yield* found;
    found = [];
  }
  cutter.feed(pieces.end());
  cutter.end();
  yield* found;
  if (header === null) throw voterIdMissing("");
}

/** Null of a line that names nobody. */
function readVoterId(
  text: string | null,
  line: number,
  { separator, columns }: CsvHeader,
): string | null {
  if (text === "") return null;
  const fields = text === null ? null : csvFields(text, separator);
  if (fields?.every((field) => field.trim() === "")) return null;
  const isRow = fields?.length === columns.length;
  const voterId = isRow ? fields[columns.indexOf("voter_id")] : undefined;
  if (voterId === undefined) throw new RollRefused("register.bad_line", `Line ${line} is none.`);
  return voterId.trim() === "" ? null : voterId;
}
