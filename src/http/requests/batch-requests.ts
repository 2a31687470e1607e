import type { z } from "zod";
import { pseudonyms } from "../../auth/pseudonym.ts";
import type { CastRequest } from "../../ballot/voter.ts";
import { voterIdFormOf } from "../../decision/voter-id-form.ts";
import type { VotingContext } from "../../ports/decisions.ts";
import { batchSchema } from "../contract/voting.ts";
import { Problem } from "../problem.ts";
import { nonceOf } from "./nonce.ts";
import { noteOf } from "./note.ts";
import { plainVotes } from "./plain-votes.ts";
import { parseInput } from "./validation.ts";
import { mapVoters } from "./voter-ids.ts";

interface Batch {
  votes: z.output<typeof batchSchema>["votes"];
  /** Whether each receipt is signed. */
  signed: boolean;
}

/** The votes of a station, as they were sent. @throws {Problem} body.* and what a vote's members may be */
export function readBatch(sent: unknown): Batch {
  const plain = plainVotes(sent);
  if (plain !== null) return { votes: plain, signed: false };
  const { votes, signed = false } = parseInput("json", batchSchema, sent);
  return { votes, signed };
}

/**
 * The requests to the shards for a station's votes, in their order.
 * @param key the Idempotency-Key as it was sent
 * @throws {Problem} vote.stations_excluded, voter.invalid_id, vote.nonce_required,
 * idempotency.invalid_key, vote.statement_not_published
 */
export function batchRequests(
  { manifest, decisionKey }: VotingContext,
  votes: Batch["votes"],
  key: string | undefined,
): CastRequest[] {
  const { disclosure, stations } = manifest;
  if (stations === "none") throw new Problem("vote.stations_excluded");
  const authority = stations === "overrides" ? "station" : "token";
  const voterIds = mapVoters({
    items: votes,
    form: voterIdFormOf(manifest),
    voterIdOf: (item) => item.voter_id,
    pointerTo: (index) => `/votes/${index}/voter_id`,
    map: (voterId) => voterId,
  });
  const pids = pseudonyms(decisionKey, voterIds);
  return votes.map((item, index): CastRequest => {
    const pid = pids[index] as string;
    const { vote: choice, nonce, proof } = item;
    return {
      pid,
      choice,
      region: item.region ?? "",
      weight: item.weight ?? 1,
      nonce: nonceOf({ manifest, pid, choice, authority, nonce, proof, key, index }),
      proof: proof ?? null,
      authority,
      serial: null,
      note: noteOf(disclosure, item),
    };
  });
}
