import { limits } from "../../../shared/limits.ts";
import { callApi } from "../api/organiser-api.ts";
import { partsOf } from "../ballots/batches.ts";
import { readVoterTable, type VoterTable } from "../ballots/voter-table.ts";
import { csvText } from "../../exports/csv-text.ts";

/** Asks for the marks of some voters as CSV, and gives the answer's text. */
export type AskMarks = (csv: string) => Promise<string>;

/** What marking a file needs. */
export interface AddMarksInput {
  table: VoterTable;
  /** The column that names the voters. */
  voterId: number;
  /** The name of the new column. */
  columnName: string;
  ask: AskMarks;
  onProgress: (rows: number) => void;
}

/**
 * The file with a column more, which says "yes" or "no": whether the voter of the row has voted. It
 * is empty in rows that name nobody.
 */
export async function addMarks(input: AddMarksInput): Promise<string> {
  const { table, voterId, columnName, ask, onProgress } = input;
  const marked: string[][] = [];
  for (const { first, end } of partsOf(table.rows.length, limits.registerVotersMax)) {
    onProgress(first);
    const rows = table.rows.slice(first, end);
    const idOf = (row: readonly string[]): string => row[voterId] ?? "";
    const named = rows.filter((row) => idOf(row).trim() !== "");
    const marks = named.length === 0 ? [] : await marksOf(named.map(idOf), ask);
    const markByRow = new Map(named.map((row, at) => [row, marks[at] ?? ""]));
    for (const row of rows) marked.push([...row, markByRow.get(row) ?? ""]);
  }
  return csvText([[...table.columns, columnName], ...marked]);
}

async function marksOf(voterIds: readonly string[], ask: AskMarks): Promise<string[]> {
  const rows = voterIds.map((voterId) => [voterId]);
  const answer = readVoterTable(await ask(plainCsv([["voter_id"], ...rows])));
  if (typeof answer === "string" || answer.rows.length !== voterIds.length)
    throw new Error("every row has its mark");
  return answer.rows.map(([, mark]) => mark ?? "");
}

/** Without guards against formulas: what is sent has to be the voter_id as it is. */
function plainCsv(rows: readonly (readonly string[])[]): string {
  const field = (text: string) => `"${text.replaceAll('"', '""')}"`;
  return rows.map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

/** Asks the API, which records publicly of how many it told. */
export function askMarksOf(decisionId: string): AskMarks {
  return (csv) =>
    callApi("POST /api/v1/decisions/{decisionId}/marked-register", {
      path: { decisionId },
      body: new Blob([csv], { type: "text/csv" }),
    });
}
