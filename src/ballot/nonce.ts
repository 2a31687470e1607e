import { framed } from "../shared/framed.ts";
import { toHex } from "../shared/hex.ts";
import { sha256Of } from "../shared/sha256.ts";
import type { BallotChoice } from "./ballot.ts";

/** A nonce as it is sent: 32 bytes in lower-case hexadecimal digits. */
export const noncePattern = /^[0-9a-f]{64}$/;

/** The nonce of a roll call's vote that names an Idempotency-Key instead. */
export function nonceOfKey(key: string): string {
  return digest(framed("enviro-governance/nonce-of-key/1", key));
}

/** The nonce of a roll call's vote that names nothing: the same words are the same vote. */
export function nonceOfVote(pid: string, choice: BallotChoice, proof: string): string {
  return digest(framed("enviro-governance/nonce-of-vote/1", pid, choice, proof));
}

function digest(bytes: Uint8Array): string {
  return toHex(sha256Of(bytes));
}
