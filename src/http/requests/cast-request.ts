import type { BallotGrant } from "../../auth/ballot-token.ts";
import type { BallotChoice } from "../../ballot/ballot.ts";
import type { CastRequest } from "../../ballot/voter.ts";
import type { Manifest } from "../../decision/decision.ts";
import { limits } from "../../shared/limits.ts";
import { nonceOf } from "./nonce.ts";
import { noteOf } from "./note.ts";

/** What a voter asks for, whichever way it came. */
export interface AskedVote {
  choice: BallotChoice;
  nonce?: string | undefined;
  proof?: string | undefined;
  statement?: string | undefined;
  /** The Idempotency-Key as it was sent. */
  key?: string | undefined;
}

/**
 * The request to the shard of a voter with this grant, at a moment (ms).
 * @throws {Problem} vote.nonce_required, idempotency.invalid_key, vote.statement_not_published
 */
export function castRequestOf(
  manifest: Pick<Manifest, "disclosure" | "visibility">,
  { pid, serial, region, weight, name, loggedInAt }: BallotGrant,
  { choice, nonce, proof, statement, key }: AskedVote,
  now: number,
): CastRequest {
  const isFresh = loggedInAt !== null && now - loggedInAt <= limits.freshLoginSeconds * 1_000;
  const authority = isFresh ? "login" : "token";
  return {
    pid,
    choice,
    region,
    weight,
    nonce: nonceOf({ manifest, pid, choice, authority: "token", nonce, proof, key, index: 0 }),
    proof: proof ?? null,
    authority,
    serial,
    note: noteOf(manifest.disclosure, { name, statement }),
  };
}
