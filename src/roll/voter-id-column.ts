import { csvFields } from "./csv-rows.ts";

/** The voter_ids of a CSV text, or what is wrong with it; lines count from 1. */
export type VoterIdColumn =
  | { voterIds: string[]; lines: number[] }
  | { refused: "missing_column" }
  | { refused: "bad_line"; line: number };

/**
 * Reads one column of CSV (RFC 4180); others may be there, and empty lines are passed over. As in a
 * roll a field never spans lines.
 */
export function readVoterIdColumn(text: string): VoterIdColumn {
  const [header = "", ...rows] = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const columns = csvFields(header) ?? [];
  const at = columns.indexOf("voter_id");
  if (at === -1) return { refused: "missing_column" };
  const voterIds: string[] = [];
  const lines: number[] = [];
  for (const [index, row] of rows.entries()) {
    if (row === "") continue;
    const fields = csvFields(row);
    const voterId = fields?.length === columns.length ? fields[at] : undefined;
    if (voterId === undefined) return { refused: "bad_line", line: index + 2 };
    voterIds.push(voterId);
    lines.push(index + 2);
  }
  return { voterIds, lines };
}
