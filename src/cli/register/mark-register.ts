import type { Client } from "../../client/client.ts";
import { ContractError } from "../../client/client-errors.ts";
import { limits } from "../../shared/limits.ts";

/** Voters of a decision whose register is marked, and where its lines go. */
export interface RegisterWork {
  client: Client;
  decisionId: string;
  voterIds: AsyncIterable<string>;
  /** Takes each part's lines, in the order of the voters. */
  write: (lines: string) => void;
  onProgress?: (voters: number) => void;
}

/** How many voters were asked for, and how many of them have voted. */
export type RegisterCount = { voters: number; marked: number };

export const registerHeader = "voter_id,voted\r\n";
const route = "POST /api/v1/decisions/{decisionId}/marked-register";

/** Marks any number of voters, in parts that the platform takes. */
export async function markRegister(work: RegisterWork): Promise<RegisterCount> {
  const count = { voters: 0, marked: 0 };
  let part: string[] = [];
  const send = async (): Promise<void> => {
    const lines = await markPart(work, part);
    work.write(lines);
    count.voters += part.length;
    count.marked += lines.match(/,yes\r\n/g)?.length ?? 0;
    work.onProgress?.(part.length);
    part = [];
  };
  for await (const voterId of work.voterIds) {
    part.push(voterId);
    if (part.length === limits.registerVotersMax) await send();
  }
  if (part.length > 0) await send();
  return count;
}

async function markPart(
  { client, decisionId }: RegisterWork,
  voterIds: readonly string[],
): Promise<string> {
  const rows = voterIds.map((voterId) => `${quoted(voterId)}\n`);
  const body = new Blob([`voter_id\n${rows.join("")}`], { type: "text/csv" });
  // It begins with a byte order mark, which most readers of UTF-8 drop and some do not.
  const answer = (await client.call(route, { path: { decisionId }, body })).replace(/^\uFEFF/, "");
  const lines = answer.slice(registerHeader.length);
  const marks = lines.match(/,(?:yes|no)\r\n/g)?.length ?? 0;
  if (!answer.startsWith(registerHeader) || marks !== voterIds.length) {
    throw new ContractError(route, "it does not answer for each row");
  }
  return lines;
}

/** As it stands: nothing is put before what a spreadsheet takes for a formula. */
function quoted(voterId: string): string {
  return /[",\r\n]/.test(voterId) ? `"${voterId.replaceAll('"', '""')}"` : voterId;
}
