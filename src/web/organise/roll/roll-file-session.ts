import { csvText } from "../../exports/csv-text.ts";
import { toHex } from "../../../shared/hex.ts";
import { limits } from "../../../shared/limits.ts";
import { guessRollColumns, looksLikeHeading } from "./columns.ts";
import { fieldReader, type RollMapping } from "./check/read-fields.ts";
import { checkSourceRow, RollChecker, type RowChecks } from "./check/roll-checker.ts";
import { findTwins, type Twins } from "./check/twins.ts";
import { FileRefused } from "./file-refused.ts";
import { guessTextForm, textSource, WrongEncoding } from "./file/text-source.ts";
import { isBlankRow, type FileRows, type SourceRow } from "./file/source-row.ts";
import { piecesOf, type RollPieceText } from "./upload/pieces.ts";
import { workbookBytesMax } from "./file/workbook-bound.ts";
import type {
  FileChoice,
  FileFailure,
  FileSketch,
  RollCheck,
  RollOrder,
  RollQuestion,
  RollQuestions,
  RollTerms,
} from "./roll-worker-messages.ts";

type OnProgress = (share: number) => void;

/** A file with how it is read. */
interface OpenFile {
  source: FileRows;
  sketch: FileSketch;
}

/** A file as the organiser wants it taken, checked. */
interface CheckedFile {
  check: RowChecks;
  mapping: RollMapping;
  terms: RollTerms;
  twins: Twins;
}

const sampleRows = 12;
/** Bad rows that the file to download names: 10 MB. */
const problemLinesMax = 100_000;

/** What the worker does for one file after another: opens it, checks it, and cuts it into pieces. */
export class RollFileSession {
  #open: OpenFile | null = null;
  #checked: CheckedFile | null = null;
  #pieces: { next: number; kept: string; iterator: AsyncGenerator<RollPieceText> } | null = null;

  /** @throws {FileRefused} */
  async answer(
    { name, ask }: RollOrder,
    onProgress: OnProgress,
  ): Promise<RollQuestions[RollQuestion]["answer"]> {
    try {
      switch (name) {
        case "open":
          return await this.#openFile(ask.file, ask.choice);
        case "check":
          return await this.#check(ask.mapping, ask.terms, onProgress);
        case "settle":
          return this.#settle(ask.kept);
        case "problems":
          return await this.#problems(ask.words, ask.heading);
        default:
          return await this.#piece(ask.piece, ask.kept);
      }
    } catch (error) {
      throw error instanceof FileRefused ? error : new FileRefused(failureOf(error));
    }
  }

  async #openFile(file: File, choice: FileChoice): Promise<FileSketch> {
    if (file.size === 0) throw new FileRefused({ reason: "empty" });
    this.#checked = null;
    this.#pieces = null;
    this.#open = (await isZip(file))
      ? await openWorkbook(file, choice)
      : await openText(file, choice);
    return this.#open.sketch;
  }

  async #check(mapping: RollMapping, terms: RollTerms, onProgress: OnProgress): Promise<RollCheck> {
    const { source, sketch } = this.#requireOpen();
    const { regions, voterIds, hasNames } = terms;
    const check = (): RowChecks => ({
      rules: {
        regions: new Set(regions.map(({ code }) => code)),
        voterIds,
        hasNames,
        ignored: new Set(),
      },
      readFields: fieldReader(mapping, regions, sketch.columnCount),
      regions,
    });
    const checker = new RollChecker(check());
    for await (const { rows, share } of source.batches()) {
      for (const row of rows) checker.add(row);
      if (checker.found.rows > limits.rollRowsMax)
        throw new FileRefused({ reason: "too_many_rows", rowsMax: limits.rollRowsMax });
      onProgress(share * 0.6);
    }
    const repeated = checker.repeatedPrints();
    const { sums } = checker;
    const twins = await findTwins(source, { repeated, check: check(), sums }, (share) =>
      onProgress(0.6 + share * 0.4),
    );
    this.#checked = { check: check(), mapping, terms, twins };
    this.#pieces = null;
    const { rowCount: rows, groupCount, shown: groups } = twins;
    return { ...checker.found, twins: { rows, groupCount, groups }, sums: this.#settle([]) };
  }

  #settle(kept: readonly number[]): RollCheck["sums"] {
    const { twins, terms } = this.#requireChecked();
    return twins.sumsWith(kept).toSums(terms.regions.map(({ code }) => code));
  }

  async #problems(words: Record<string, string>, heading: readonly string[]): Promise<Blob> {
    const { source } = this.#requireOpen();
    const check = this.#freshCheck();
    const parts = [csvText([heading])];
    let lines = 0;
    for await (const { rows } of source.batches()) {
      const found = rows.flatMap((row) => problemRow(row, check, words));
      const some = found.slice(0, problemLinesMax - lines);
      lines += some.length;
      if (some.length > 0) parts.push(csvText(some).slice(1));
    }
    return new Blob(parts, { type: "text/csv" });
  }

  async #piece(piece: number, kept: readonly number[]): Promise<RollPieceText | null> {
    const key = kept.join();
    if (this.#pieces === null || this.#pieces.kept !== key || this.#pieces.next > piece)
      this.#pieces = { next: 0, kept: key, iterator: this.#cut(kept) };
    for (;;) {
      const { value, done } = await this.#pieces.iterator.next();
      if (done === true) {
        this.#pieces = null;
        return null;
      }
      this.#pieces.next = value.piece + 1;
      if (value.piece >= piece) return value;
    }
  }

  #cut(kept: readonly number[]): AsyncGenerator<RollPieceText> {
    const { source } = this.#requireOpen();
    const { mapping, terms, twins } = this.#requireChecked();
    return piecesOf(source, {
      readFields: this.#freshCheck().readFields,
      columns: mapping.columns,
      hasRegions: terms.regions.length > 0,
      hasNames: terms.hasNames,
      leftOut: twins.leftOut(kept),
    });
  }

  /** Whether a row is the first, its heading, is known by counting: each reading begins anew. */
  #freshCheck(): RowChecks {
    const { check, mapping, terms } = this.#requireChecked();
    const { columnCount } = this.#requireOpen().sketch;
    return { ...check, readFields: fieldReader(mapping, terms.regions, columnCount) };
  }

  #requireOpen(): OpenFile {
    if (this.#open === null) throw new Error("no file is open");
    return this.#open;
  }

  #requireChecked(): CheckedFile {
    if (this.#checked === null) throw new Error("the file is not checked");
    return this.#checked;
  }
}

function problemRow(row: SourceRow, check: RowChecks, words: Record<string, string>) {
  const checked = checkSourceRow(row, check);
  if (checked === null || typeof checked.found !== "string") return [];
  const { fields, found } = checked;
  return [[row.line, words[found] ?? found, fields?.voterId ?? "", fields?.region ?? "", found]];
}

function failureOf(error: unknown): FileFailure {
  if (error instanceof WrongEncoding) return { reason: "encoding", line: error.line };
  if (error instanceof DOMException && /^Not(Readable|Found)/.test(error.name))
    return { reason: "gone" };
  return { reason: "broken", message: String(error) };
}

/** A workbook is a ZIP archive, whatever its name. */
async function isZip(file: Blob): Promise<boolean> {
  const [a, b, c] = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  return a === 0x50 && b === 0x4b && c === 0x03;
}

async function openText(file: File, { encoding }: FileChoice): Promise<OpenFile> {
  const form = await guessTextForm(file, encoding);
  const source = textSource(file, form);
  const { isEncodingGuess } = form;
  return {
    source,
    sketch: {
      ...(await sketchOf(file, source)),
      kind: "text",
      encoding: form.encoding,
      isEncodingGuess,
      sheets: [],
      sheet: 0,
    },
  };
}

async function openWorkbook(file: File, { sheet = 0 }: FileChoice): Promise<OpenFile> {
  if (file.size > workbookBytesMax) {
    const megabytesMax = workbookBytesMax / 1_000_000;
    throw new FileRefused({ reason: "workbook_too_large", megabytesMax });
  }
  // The reader of workbooks is large, and most files are none.
  const { readSheets, sheetSource } = await import("./file/sheet-source.ts");
  const sheets = await readSheets(file).catch(() => {
    throw new FileRefused({ reason: "not_a_workbook" });
  });
  const chosen = sheets[sheet];
  if (chosen === undefined) throw new FileRefused({ reason: "empty" });
  const source = sheetSource(chosen);
  const names = sheets.map(({ name }) => name);
  const about = { kind: "workbook", encoding: null, isEncodingGuess: false } as const;
  return {
    source,
    sketch: { ...(await sketchOf(file, source)), ...about, sheets: names, sheet },
  };
}

async function sketchOf(file: File, source: FileRows) {
  const sample: FileSketch["sample"] = [];
  for await (const { rows } of source.batches()) {
    for (const row of rows) {
      if (sample.length < sampleRows && !isBlankRow(row) && row.fields !== null)
        sample.push({ line: row.line, fields: [...row.fields] });
    }
    if (sample.length >= sampleRows) break;
  }
  const [first = { fields: [] }] = sample;
  const hasHeading = looksLikeHeading(first.fields);
  return {
    hasHeading,
    columnCount: first.fields.length,
    sample,
    columns: guessRollColumns(hasHeading ? first.fields : []),
    fingerprint: await fingerprintOf(file),
  };
}

const fingerprintBytes = 1_048_576;

async function fingerprintOf(file: Blob): Promise<string> {
  const ends = new Blob([file.slice(0, fingerprintBytes), file.slice(-fingerprintBytes)]);
  const digest = await crypto.subtle.digest("SHA-256", await ends.arrayBuffer());
  return `${file.size}-${toHex(new Uint8Array(digest))}`;
}
