import { nonceOfKey, nonceOfVote } from "../../ballot/nonce.ts";
import type { BallotChoice } from "../../ballot/ballot.ts";
import type { Authority } from "../../ballot/voter.ts";
import type { Disclosure } from "../../decision/decision.ts";
import { limits } from "../../shared/limits.ts";
import { Problem } from "../problem.ts";

/** What a request says of which vote it is. */
export interface NoncedRequest {
  disclosure: Disclosure;
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
 * The nonce of a vote: what was sent. In a roll call, where everybody sees the ballot, one follows
 * from the Idempotency-Key or, without it, from the vote itself, so that a repeat is known by it.
 * @throws {Problem} vote.nonce_required, idempotency.invalid_key
 */
export function nonceOf(request: NoncedRequest): string {
  const { disclosure, pid, choice, authority, nonce, proof, key, index } = request;
  if (key !== undefined && !isValidKey(key)) throw new Problem("idempotency.invalid_key");
  if (nonce !== undefined) return nonce;
  if (disclosure !== "roll_call") throw new Problem("vote.nonce_required");
  if (key !== undefined) return nonceOfKey(`${key}:${index}`);
  // Without a proof of the ballot before it, the same words may be a late repeat or a new vote.
  if (authority !== "token") throw new Problem("vote.nonce_required");
  return nonceOfVote(pid, choice, proof ?? "");
}

function isValidKey(key: string): boolean {
  return key.length <= limits.idempotencyKeyCharactersMax && printable.test(key);
}
