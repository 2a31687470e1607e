import type { z } from "zod";
import { noncePattern } from "../../ballot/nonce.ts";
import { choices } from "../../ballot/ballot.ts";
import { limits } from "../../shared/limits.ts";
import type { batchSchema } from "../contract/voting.ts";

type BatchVotes = z.infer<typeof batchSchema>["votes"];

const names = new Set(["voter_id", "vote", "nonce"]);
const known = new Set<unknown>(choices);

/**
 * The votes of a batch whose items are a voter, a choice and a nonce at most, or null: then the
 * contract's schema decides, and says what is wrong. What passes here passes the schema too, which
 * takes six times as long.
 */
export function plainVotes(body: unknown): BatchVotes | null {
  if (typeof body !== "object" || body === null || !("votes" in body)) return null;
  const { votes } = body;
  const isBatch =
    Array.isArray(votes) &&
    votes.length >= 1 &&
    votes.length <= limits.batchVotesMax &&
    Object.keys(body).length === 1;
  return isBatch && votes.every(isPlainVote) ? votes : null;
}

function isPlainVote(item: unknown): item is BatchVotes[number] {
  if (typeof item !== "object" || item === null) return false;
  for (const name in item) if (!names.has(name)) return false;
  if (!("voter_id" in item && "vote" in item)) return false;
  const { voter_id, vote } = item;
  const isNonceGood = !("nonce" in item) || isNonce(item.nonce);
  return (
    typeof voter_id === "string" &&
    voter_id.length >= 1 &&
    voter_id.length <= limits.voterIdCharactersMax &&
    voter_id.isWellFormed() &&
    isNonceGood &&
    known.has(vote)
  );
}

function isNonce(value: unknown): boolean {
  return typeof value === "string" && noncePattern.test(value);
}
