import type { VoterColumns } from "./voter-columns.ts";
import type { VoterTable } from "./voter-table.ts";

/** A voter of the file, as tokens are asked for. */
export interface InvitedVoter {
  voter_id: string;
  region?: string;
  weight?: number;
}

/** A row that gets no link as it stands, by its number in the file; the first line is the header. */
export interface RowFault {
  line: number;
  reason: "no_id" | "twin" | "weight";
}

/** The voters to invite, each with the row of the file; and the rows that are not to be used. */
export interface VotersToInvite {
  voters: InvitedVoter[];
  /** Where each voter stands in the table. */
  rows: number[];
  faults: RowFault[];
}

/**
 * Reads whom to invite. Who stands in the file twice is invited once: of two links to one voter the
 * later would end the earlier. Letters' case and blanks make no other voter, as the server has it.
 */
export function votersToInvite(
  { rows }: VoterTable,
  columns: Pick<VoterColumns, "voterId" | "region" | "weight">,
  isOpenElectorate: boolean,
): VotersToInvite {
  const invited: VotersToInvite = { voters: [], rows: [], faults: [] };
  const seen = new Set<string>();
  for (const [at, row] of rows.entries()) {
    const voter = readVoter(row, columns, isOpenElectorate);
    const key = typeof voter === "string" ? "" : spellingOf(voter.voter_id);
    const reason = typeof voter === "string" ? voter : seen.has(key) ? "twin" : null;
    if (reason !== null || typeof voter === "string") {
      invited.faults.push({ line: at + 2, reason: reason ?? "no_id" });
      continue;
    }
    seen.add(key);
    invited.voters.push(voter);
    invited.rows.push(at);
  }
  return invited;
}

function readVoter(
  row: readonly string[],
  { voterId, region, weight }: Pick<VoterColumns, "voterId" | "region" | "weight">,
  isOpenElectorate: boolean,
): InvitedVoter | "no_id" | "weight" {
  const voter_id = row[voterId]?.trim() ?? "";
  if (voter_id === "") return "no_id";
  // Where there is a roll, it says region and weight.
  if (!isOpenElectorate) return { voter_id };
  const [regionText, weightText] = [row[region]?.trim() ?? "", row[weight]?.trim() ?? ""];
  if (weightText !== "" && !/^[1-9]\d{0,12}$/.test(weightText)) return "weight";
  return {
    voter_id,
    ...(regionText === "" ? {} : { region: regionText }),
    ...(weightText === "" ? {} : { weight: Number(weightText) }),
  };
}

/** As the server compares voter_ids, near enough to find twins early; it compares them for good. */
function spellingOf(voterId: string): string {
  return voterId.normalize("NFKC").toLowerCase().replaceAll(/\s+/gu, " ").trim();
}
