/**
 * Why a row of a roll can't be loaded: stable codes, each with a sentence for the organiser. No
 * sentence quotes the row.
 */
export const rowProblems = {
  "row.not_utf8": "The row is not UTF-8, or holds U+FFFD.",
  "row.too_long": "The row is longer than any voter's can be.",
  "row.bad_quotes": "A quote is not closed in its line, or stands inside a field without quotes.",
  "row.wrong_columns": "The row has more or fewer fields than the header.",
  "row.not_json": "The line is not one JSON object.",
  "row.duplicate_key": "A member stands twice.",
  "row.unknown_field": "Only voter_id, region and weight are known.",
  "voter_id.missing": "There is no voter_id.",
  "voter_id.too_long": "A voter_id has at most 255 characters.",
  "voter_id.malformed": "The voter_id is text, and well-formed Unicode.",
  "voter_id.duplicate": "This voter_id stands in an earlier row, which was loaded.",
  "region.unknown": "The region is none of the decision's.",
  "weight.invalid": "A weight is an integer from 1 to 1,000,000,000,000.",
} as const;
export type RowProblem = keyof typeof rowProblems;

/** One voter as the organiser's file names them. */
export type RollRow = { voterId: string; region: string; weight: number };

/** Reads a row of one format; null is a blank line, which says nothing. */
export type RowReader = (text: string) => RollRow | RowProblem | null;

/** The whole upload is refused and the roll in force stays. */
export class RollRefused extends Error {
  override readonly name = "RollRefused";
  readonly code: RollRefusal;
  readonly detail: string | undefined;

  constructor(code: RollRefusal, detail?: string) {
    super(code);
    this.code = code;
    this.detail = detail;
  }
}

export type RollRefusal =
  | "body.cut_off"
  | "body.too_large"
  | "roll.missing_column"
  | "roll.unknown_column"
  | "roll.duplicate_column"
  | "roll.too_many_rows"
  | "roll.empty"
  | "roll.superseded"
  | "roll.outdated"
  | "decision.not_draft";
