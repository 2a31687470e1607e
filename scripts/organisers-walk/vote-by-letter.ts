import { createClient } from "../../src/client/client.ts";
import type { CouncilMember } from "./council-members.ts";

/** So many members vote at the same time. */
const atOnce = 8;

/** A line of the file: the member's number first, and the link last. */
const linkLine = /^(M-\d+),.*,(\S+)\r?$/gm;

/** The links of the file for a mail merge, by the member's number. */
export function linksByMember(text: string): Map<string, string> {
  return new Map([...text.matchAll(linkLine)].map(([, member = "", link = ""]) => [member, link]));
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
