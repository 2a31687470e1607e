import { msg } from "@lingui/core/macro";
import type { I18n, MessageDescriptor } from "@lingui/core";
import type { RowProblem } from "../../../roll/row-problem.ts";

const words: Readonly<Record<RowProblem, MessageDescriptor>> = {
  "row.too_long": msg`The row is longer than any voter’s can be.`,
  "row.bad_quotes": msg`A quotation mark is not closed, or the row is far too long.`,
  "row.wrong_columns": msg`The row has more or fewer columns than the first one. A decimal comma makes two columns of one.`,
  "row.not_json": msg`The row can’t be read.`,
  "row.duplicate_key": msg`The row says something twice.`,
  "row.unknown_field": msg`The row has a column that is not known.`,
  "voter_id.missing": msg`There is no voter id.`,
  "voter_id.too_long": msg`The voter id has more than 255 characters.`,
  "voter_id.malformed": msg`The voter id is no text.`,
  "voter_id.forbidden_character": msg`The voter id holds a character that can’t be seen. Type the id anew.`,
  "voter_id.duplicate": msg`An earlier row names this voter, perhaps in another spelling.`,
  "region.unknown": msg`The region is none of the decision’s.`,
  "weight.invalid": msg`A weight is a whole number from 1 on, in digits alone.`,
  "weight.not_whole": msg`Weights are whole numbers. Multiply all of them by one number until none has a fraction: that changes no share.`,
  "name.malformed": msg`The name is too long, or holds what can’t be kept.`,
};

/** What is wrong with a row, in a sentence. */
export function sayRowProblem(i18n: I18n, code: string): string {
  const known = Object.entries(words).find(([name]) => name === code);
  return known === undefined ? code : i18n._(known[1]);
}

/** The sentence of every code. */
export function rowProblemWords(i18n: I18n): Record<string, string> {
  return Object.fromEntries(Object.entries(words).map(([code, each]) => [code, i18n._(each)]));
}
