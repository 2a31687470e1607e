import { csvText } from "../../exports/csv-text.ts";
import type { VoterTable } from "./voter-table.ts";

/** What a mail merge needs of each voter besides the file's own columns. */
export interface InvitedRows {
  table: VoterTable;
  /** Where the voters stand in the table. */
  rows: readonly number[];
  links: readonly string[];
}

/**
 * The file of a mail merge (RFC 4180): the columns that were given and, last, `ballot_link`. Cells
 * that a spreadsheet would run as a formula are guarded as in every other file.
 */
export function mailMergeText({ table, rows, links }: InvitedRows): string {
  const header = [...table.columns, freeName(table.columns)];
  const lines = links.map((link, at) => [...(table.rows[rows[at] ?? -1] ?? []), link]);
  return csvText([header, ...lines]);
}

/** A name that the file does not have yet. */
function freeName(columns: readonly string[]): string {
  let name = "ballot_link";
  for (let number = 2; columns.includes(name); number += 1) name = `ballot_link_${number}`;
  return name;
}
