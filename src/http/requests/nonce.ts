import { nonceOfKey, nonceOfVote } from "../../ballot/nonce.ts";
import type { BallotChoice } from "../../ballot/ballot.ts";
import type { Authority } from "../../ballot/voter.ts";
import type { Manifest } from "../../decision/decision.ts";
import { limits } from "../../shared/limits.ts";
import { Problem } from "../problem.ts";

/** What a request says of which vote it is. */
export interface NoncedRequest {
  manifest: Pick<Manifest, "disclosure" | "visibility">;
  pid: string;
  choice: BallotChoice;
  authority: Authority;
  nonce: string | undefined;
  proof: string | undefined;
  /** The Idempotency-Key as it was sent. */
  key: string | undefined;
  /** The place of the vote in a batch. */
  index: number;
}

const printable = /^[\x20-\x7e]+$/;

/**
 * The nonce of a vote: what was sent. In a roll call one follows from the Idempotency-Key and, where
 * everybody sees ballots at once, from the vote itself, so that a repeat is known by it.
 * @throws {Problem} vote.nonce_required, idempotency.invalid_key
 */
export function nonceOf(request: NoncedRequest): string {
  const { manifest, pid, choice, authority, nonce, proof, key, index } = request;
  if (key !== undefined && !isValidKey(key)) throw new Problem("idempotency.invalid_key");
  if (nonce !== undefined) return nonce;
  if (manifest.disclosure !== "roll_call") throw new Problem("vote.nonce_required");
  if (key !== undefined) return nonceOfKey(`${key}:${index}`);
  // Whoever sends votes for others could else ask for a hidden choice by guessing it. And without a
  // proof of the ballot before it, the same words may be a late repeat or a new vote.
  const isKnownByWords = manifest.visibility === "live" && authority === "token";
  if (!isKnownByWords) throw new Problem("vote.nonce_required");
  return nonceOfVote(pid, choice, proof ?? "");
}

function isValidKey(key: string): boolean {
  return key.length <= limits.idempotencyKeyCharactersMax && printable.test(key);
}
