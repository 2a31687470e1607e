import type { RollEntry } from "../decision/roll.ts";
import type { Twin } from "./row-lines.ts";
import { voterIdFaults, type NormalVoterId } from "../voter-id/voter-id.ts";

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
  "row.unknown_field": "Only voter_id, region, weight and name are known.",
  ...voterIdFaults,
  "voter_id.duplicate":
    "An earlier row, which was loaded, names this voter, perhaps in another spelling.",
  "region.unknown": "The region is none of the decision's.",
  "weight.invalid": "A weight is an integer from 1 to 1,000,000,000,000.",
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
  | "roll.missing_column"
  | "roll.unknown_column"
  | "roll.duplicate_column"
  | "roll.too_many_rows"
  | "roll.empty"
  | "vote.statement_not_published"
  | "roll.twins"
  | "roll.superseded"
  | "roll.outdated"
  | "decision.not_draft";

/** Names are published beside votes, which only roll calls do. */
export function namesRefused(): RollRefused {
  const detail = "Names are published in roll calls alone: leave out the column name.";
  return new RollRefused("vote.statement_not_published", detail);
}
