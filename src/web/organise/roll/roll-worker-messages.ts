import type { VoterIdForm } from "../../../voter-id/voter-id.ts";
import type { ColumnMapping } from "./columns.ts";
import type { RollMapping, RollRegion } from "./check/read-fields.ts";
import type { CheckedRows, RollSums } from "./check/roll-checker.ts";
import type { TwinGroup } from "./check/twins.ts";
import type { FileEncoding } from "./file/encodings.ts";
import type { RollPieceText } from "./upload/pieces.ts";

/** What a decision demands of its roll. */
export interface RollTerms {
  regions: readonly RollRegion[];
  voterIds: VoterIdForm;
  /** Whether votes are published with names. */
  hasNames: boolean;
}

/** What of a file the organiser chooses; what is left out is guessed. */
export interface FileChoice {
  encoding?: FileEncoding;
  /** The index of a workbook's sheet. */
  sheet?: number;
}

/** What a file looks like. */
export interface FileSketch {
  kind: "text" | "workbook";
  /** Of text. */
  encoding: FileEncoding | null;
  isEncodingGuess: boolean;
  /** A workbook's sheets by name; else none. */
  sheets: string[];
  sheet: number;
  hasHeading: boolean;
  columnCount: number;
  /** The first rows, the heading among them. */
  sample: { line: number; fields: string[] }[];
  /** Guessed by the heading. */
  columns: ColumnMapping;
  /** A name for this file's contents: its size, and a hash of its first megabyte and last. */
  fingerprint: string;
}

/** What a file's rows come to. */
export interface RollCheck extends CheckedRows {
  twins: { rows: number; groupCount: number; groups: TwinGroup[] };
  sums: RollSums;
}

/** What can be asked of the worker, and what it answers. */
export interface RollQuestions {
  open: { ask: { file: File; choice: FileChoice }; answer: FileSketch };
  check: { ask: { mapping: RollMapping; terms: RollTerms }; answer: RollCheck };
  /** The sums where other rows than the first of their voters are kept, by line. */
  settle: { ask: { kept: number[] }; answer: RollSums };
  /** All bad rows as CSV; `words` has the sentence of each code and the heading. */
  problems: { ask: { words: Record<string, string>; heading: string[] }; answer: Blob };
  /** From this piece on; null where there is none any more. */
  piece: { ask: { piece: number; kept: number[] }; answer: RollPieceText | null };
}
export type RollQuestion = keyof RollQuestions;

/** From the page to its worker. */
export type RollOrder = {
  [Name in RollQuestion]: { request: number; name: Name; ask: RollQuestions[Name]["ask"] };
}[RollQuestion];

/** Why a file can't be read, or a question not be answered. */
export type FileFailure =
  /** It has changed or gone since it was chosen. */
  | { reason: "gone" }
  | { reason: "empty" }
  /** It has no row behind its heading. */
  | { reason: "encoding"; line: number }
  | { reason: "workbook_too_large"; megabytesMax: number }
  | { reason: "not_a_workbook" }
  | { reason: "too_many_rows"; rowsMax: number }
  | { reason: "broken"; message: string };

/** From the worker to its page. */
export type RollWorkerMessage =
  | { type: "progress"; request: number; share: number }
  | { type: "answer"; request: number; answer: RollQuestions[RollQuestion]["answer"] }
  | { type: "failure"; request: number; failure: FileFailure };
