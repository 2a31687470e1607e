import { limits } from "../../../shared/limits.ts";
import { partsOf } from "./batches.ts";
import type { Standing } from "./letter-voters.ts";
import type { InvitedVoter, RowFault, VotersToInvite } from "./voters-to-invite.ts";

/** Voters who get a link, where each stands in the file and counts, and the rows that get none. */
export interface CheckedVoters {
  voters: InvitedVoter[];
  rows: number[];
  standings: Standing[];
  faults: (Omit<RowFault, "reason"> & { reason: RowFault["reason"] | "not_on_roll" })[];
}

/** What the roll says of voters, in their order. */
export type LookUpVoters = (
  voterIds: string[],
) => Promise<readonly (Standing & { eligible: boolean })[]>;

/** Looks all voters up on the roll: a link of who is not on it would lead to a refusal. */
export async function checkOnRoll(
  { voters, rows, faults }: VotersToInvite,
  lookUp: LookUpVoters,
  onProgress: (voters: number) => void,
): Promise<CheckedVoters> {
  const checked: CheckedVoters = { voters: [], rows: [], standings: [], faults: [...faults] };
  for (const { first, end } of partsOf(voters.length, limits.batchVotesMax)) {
    onProgress(first);
    const part = voters.slice(first, end);
    const found = await lookUp(part.map(({ voter_id }) => voter_id));
    for (const [offset, voter] of part.entries()) {
      const row = rows[first + offset] ?? 0;
      const standing = found[offset];
      if (standing === undefined || !standing.eligible) {
        checked.faults.push({ line: row + 2, reason: "not_on_roll" });
        continue;
      }
      checked.voters.push(voter);
      checked.rows.push(row);
      checked.standings.push({ region: standing.region, weight: standing.weight });
    }
  }
  checked.faults.sort((a, b) => a.line - b.line);
  return checked;
}

/** The same where there is no roll: the file says where each counts. */
export function checkedByFile({ voters, rows, faults }: VotersToInvite): CheckedVoters {
  const standings = voters.map(({ region = null, weight = 1 }) => ({ region, weight }));
  return { voters, rows, standings, faults: [...faults] };
}
