import { csvFields, separators, type Separator } from "../../../../roll/csv-line.ts";
import { LineCutter } from "../../../../roll/line-cutter.ts";
import { encodingSampleBytes, guessEncoding, type FileEncoding } from "./encodings.ts";
import { QuotedLines } from "./quoted-lines.ts";
import type { FileRows, SourceRow } from "./source-row.ts";

/** How a file of text is to be read. */
export interface TextForm {
  encoding: FileEncoding;
  isEncodingGuess: boolean;
  separator: Separator;
}

/** Read at a time: what is under way is a few megabytes whatever the file has. */
const chunkBytes = 1_048_576;
/** The lines that a separator is guessed by. */
const sampleLines = 20;

/**
 * The text holds U+FFFD: the file is in another encoding, or a program has lost letters before. Read
 * all the same, it would name voters whom nobody knows.
 */
export class WrongEncoding extends Error {
  override readonly name = "WrongEncoding";
  readonly line: number;

  constructor(line: number) {
    super(`line ${line} is not in the encoding`);
    this.line = line;
  }
}

/** Guesses how a file is to be read; an encoding that is given is not guessed. */
export async function guessTextForm(file: Blob, encoding?: FileEncoding): Promise<TextForm> {
  const start = new Uint8Array(await file.slice(0, encodingSampleBytes).arrayBuffer());
  const guess =
    encoding === undefined ? guessEncoding(start) : { encoding, isGuess: false as const };
  const text = new TextDecoder(guess.encoding).decode(start, { stream: true });
  const lines = text.split(/\r\n|\n|\r/).slice(0, sampleLines);
  return {
    encoding: guess.encoding,
    isEncodingGuess: guess.isGuess,
    separator: guessSeparator(lines),
  };
}

/** Excel begins a file with this line where it names its separator. */
const separatorLine = /^\uFEFF?"?sep=(.)"?$/i;

/** The one that the file names, else that by which most lines have as many fields as the first. */
export function guessSeparator(lines: readonly string[]): Separator {
  const named = separatorLine.exec(lines[0] ?? "")?.[1];
  const known = separators.find((each) => each === named);
  if (known !== undefined) return known;
  const written = lines.filter((line) => line.trim() !== "");
  const scores = separators.map((separator) => {
    const counts = written.map((line) => csvFields(line, separator)?.length ?? 0);
    const [first = 0] = counts;
    const alike = counts.filter((count) => count === first).length;
    return { separator, score: first < 2 ? 0 : alike * 1_000 + first };
  });
  const best = scores.toSorted((a, b) => b.score - a.score)[0];
  return best === undefined || best.score === 0 ? "," : best.separator;
}

/** The rows of CSV, TSV or text with semicolons, read from the file in pieces. */
export function textSource(file: Blob, { encoding, separator }: TextForm): FileRows {
  return {
    async *batches() {
      let rows: SourceRow[] = [];
      const lines = lineReader(separator, (row) => rows.push(row));
      const decoder = new TextDecoder(encoding);
      for (let from = 0; from < file.size; from += chunkBytes) {
        const bytes = await file.slice(from, from + chunkBytes).arrayBuffer();
        lines.feed(decoder.decode(bytes, { stream: true }));
        yield { rows, share: Math.min(1, (from + chunkBytes) / file.size) };
        rows = [];
      }
      lines.feed(decoder.decode());
      lines.end();
      yield { rows, share: 1 };
    },
  };
}

function lineReader(separator: Separator, take: (row: SourceRow) => void) {
  const quoted = new QuotedLines(separator, take);
  const cutter = new LineCutter((text, line) => {
    if (text?.includes("\uFFFD")) throw new WrongEncoding(line);
    if (line === 1 && text !== null && separatorLine.test(text)) return;
    quoted.feed(text, line);
  });
  return {
    feed: (text: string) => cutter.feed(text),
    end: () => {
      cutter.end();
      quoted.end();
    },
  };
}
