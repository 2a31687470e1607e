import type { RollEntry } from "../decision/roll.ts";
import type { Twin } from "./row-lines.ts";
import { voterIdFaults, type NormalVoterId } from "../voter-id/voter-id.ts";

/**
 * Why a row of a roll can't be loaded: stable codes, each with a sentence for the organiser. No
 * sentence quotes the row.
 */
export const rowProblems = {
  "row.too_long": "The row is longer than any voter's can be.",
  "row.bad_quotes": "A quote is not closed in its line, or stands inside a field without quotes.",
  "row.wrong_columns":
    "The row has more or fewer fields than the header; a decimal comma makes two fields of one.",
  "row.not_json": "The line is not one JSON object.",
  "row.duplicate_key": "A member stands twice.",
  "row.unknown_field":
    "Only voter_id, region, weight and name are known; `?ignore=` passes over others by name.",
  ...voterIdFaults,
  "voter_id.duplicate":
    "An earlier row, which was loaded, names this voter, perhaps in another spelling.",
  "region.unknown": "The region is none of the decision's.",
  "weight.invalid": "A weight is a whole number from 1 to 1,000,000,000,000, in digits alone.",
  "weight.not_whole":
    "Weights are whole numbers: multiply all by one number until none has a fraction (0.25 and 1.5 by 4 are 1 and 6), which changes no share.",
  "name.malformed": "A name has at most 255 characters, and none that no store keeps.",
} as const;
export type RowProblem = keyof typeof rowProblems;

/** One voter as the organiser's file names them. */
export type WrittenRow = {
  voterId: string;
  region: string;
  weight: number;
  /** Empty where the voter has none. */
  name: string;
};

/** The same with the voter_id in its one spelling. */
export type RollRow = RollEntry & { voterId: NormalVoterId };

/** Reads a row of one format; null is a blank line, which says nothing. */
export type RowReader = (text: string) => RollRow | RowProblem | null;

/** The whole upload is refused and the roll in force stays. */
export class RollRefused extends Error {
  override readonly name = "RollRefused";
  readonly code: RollRefusal;
  readonly detail: string | undefined;
  readonly twins: readonly Twin[];

  constructor(code: RollRefusal, detail?: string, twins: readonly Twin[] = []) {
    super(code);
    this.code = code;
    this.detail = detail;
    this.twins = twins;
  }
}

export type RollRefusal =
  | "body.cut_off"
  | "body.too_large"
  | "roll.unknown_encoding"
  | "roll.missing_column"
  | "roll.unknown_column"
  | "roll.duplicate_column"
  | "roll.too_many_rows"
  | "roll.empty"
  | "vote.statement_not_published"
  | "roll.twins"
  | "register.bad_line"
  | "roll.superseded"
  | "roll.piece_changed"
  | "roll.outdated"
  | "decision.not_draft";

/** Names are published beside votes, which only roll calls do. */
export function namesRefused(): RollRefused {
  const detail =
    "Names are published in roll calls alone: leave out the column name, or PUT the roll with `?ignore=name`.";
  return new RollRefused("vote.statement_not_published", detail);
}

/** It quotes nothing: a file without a header begins with a voter. */
export function voterIdMissing(line: string): RollRefused {
  // Every second byte of UTF-16 is zero in most scripts of Europe.
  if (line.includes("\0")) {
    const detail =
      "The first line is UTF-16 without a byte order mark, or not text. Save the file as UTF-8.";
    return new RollRefused("roll.unknown_encoding", detail);
  }
  const detail =
    "The first line names the columns, of which voter_id must be one, with commas, semicolons or tabs between.";
  return new RollRefused("roll.missing_column", detail);
}

/**
 * A text that was decoded wrongly would name other voters, so the whole file is refused; which of
 * the many other encodings it is in can't be told.
 */
export function unknownEncoding(line: number): RollRefused {
  const detail =
    `Line ${line} is not UTF-8, or holds U+FFFD, which stands for a letter that was lost before. ` +
    "Save the file as UTF-8, which Excel calls CSV UTF-8, or as Unicode text, and send it again.";
  return new RollRefused("roll.unknown_encoding", detail);
}
