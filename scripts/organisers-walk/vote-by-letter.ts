import { parse } from "csv-parse/sync";
import { createClient } from "../../src/client/client.ts";
import type { CouncilMember } from "./council-members.ts";

/** So many members vote at the same time. */
const atOnce = 8;

/** The links of the file for a mail merge, by the member's number. */
export function linksByMember(text: string): Map<string, string> {
  const rows = parse<Record<string, string>>(text, { bom: true, columns: true });
  return new Map(rows.map((row) => [row["member number"] ?? "", row["ballot_link"] ?? ""]));
}

/** Has members vote with the links of their letters, as each of them would; returns how many did. */
export async function voteByLetter(
  members: readonly CouncilMember[],
  links: ReadonlyMap<string, string>,
): Promise<number> {
  const waiting = members.filter(({ vote }) => vote !== null);
  const count = waiting.length;
  const voteOn = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (next.vote !== null) await castWith(links.get(next.voterId) ?? "", next.vote);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, voteOn));
  return count;
}

async function castWith(link: string, vote: "yes" | "no" | "abstain"): Promise<void> {
  const { origin, pathname, hash } = new URL(link);
  const client = createClient({ origin, credential: hash.replace("#token=", "") });
  const body = { decision_id: pathname.split("/")[2] ?? "", vote };
  await client.call("POST /api/v1/voting/cast-vote", { body });
}
