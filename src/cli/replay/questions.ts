import { UsageError } from "../command-line/usage-error.ts";
import { readCsvRows } from "./csv-rows.ts";

/** Titles and descriptions of all decisions are held at once: at 1 kB each, 100 MB at most. */
const questionsMax = 100_000;
const titleCharactersMax = 500;
const descriptionCharactersMax = 5_000;

export type Question = { title: string; description: string };

/** Reads what every roll call was about. */
export async function readQuestions(path: string): Promise<Map<string, Question>> {
  const questions = new Map<string, Question>();
  const columns = ["roll_call", "date", "resolution", "title", "description"];
  for await (const { cells, row } of readCsvRows(path, columns)) {
    const [rollCall = "", date = "", resolution = "", title = "", description = ""] = cells;
    if (!/^[A-Za-z0-9-]{1,40}$/.test(rollCall))
      throw new UsageError(`${path} row ${row}: "${rollCall}" can't be part of a decision's id`);
    if (questions.size === questionsMax)
      throw new UsageError(`${path}: more than ${questionsMax} roll calls`);
    questions.set(rollCall, toQuestion({ rollCall, date, resolution, title, description }));
  }
  return questions;
}

/**
 * A decision needs a title: where the file has none, the description's beginning serves, and else
 * the number.
 */
export function toQuestion(record: {
  rollCall: string;
  date: string;
  resolution: string;
  title: string;
  description: string;
}): Question {
  const title = record.title.trim();
  const description = record.description.trim();
  const source = [record.resolution.trim(), record.date.trim()].filter((part) => part !== "");
  const heading = title || shorten(description, 120) || `Roll call ${record.rollCall}`;
  return {
    title: shorten(heading, titleCharactersMax),
    description: shorten(
      [description, source.join(", ")].filter((part) => part !== "").join("\n"),
      descriptionCharactersMax,
    ),
  };
}

/** Cuts a text at a number of UTF-16 units without splitting a character in two. */
function shorten(text: string, charactersMax: number): string {
  if (text.length <= charactersMax) return text;
  return `${text.slice(0, charactersMax - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
