import type { Ballot, Choice } from "./ballot.ts";

/** A request to count a vote, as it reaches the shard: the voter is a pid by now. */
export type CastRequest = {
  pid: string;
  choice: Choice;
  region: string;
  weight: number;
  /** What makes a repeat recognisable: the digest of an idempotency key, or null where the client sent none. */
  requestKey: string | null;
};

/** A ballot with the key of the request that made it. */
export type VoterBallot = Ballot & { requestKey: string | null };

/** All ballots of one voter in a decision, oldest first; the last one is counted. */
export type VoterRecord = readonly VoterBallot[];

export type VoteRefusal =
  | "decision.not_open"
  | "decision.closed"
  | "vote.already_cast"
  | "vote.ambiguous_repeat"
  | "vote.revisions_exhausted"
  | "vote.not_on_roll"
  | "vote.unknown_region"
  | "vote.weight_too_large"
  | "vote.wrong_shard"
  | "idempotency.key_required"
  | "idempotency.key_reused";

export type VoterVerdict =
  | { kind: "new" }
  | { kind: "repeat"; of: VoterBallot }
  /** `of` is the ballot that stands in the way; null where the asker is not to learn of it. */
  | { kind: "refused"; code: VoteRefusal; of: VoterBallot | null };

/**
 * Tells whether a request of a voter is a new vote, a repeat of an earlier request, or neither.
 *
 * With a key, a repeat is the same key. Without one, a request that says what the voter's counted ballot says is a repeat of it.
 * A keyless request that says what an *earlier* ballot said can't be told from a late retry of that earlier request: counting it
 * could overturn the newer vote, ignoring it could drop a change of mind. So it is refused, and the client told to send a key.
 *
 * Where counts are hidden, an answer must not depend on how the voter voted: whoever may send votes for others, or issue their tokens, could
 * else ask every voter's choice by sending one. Only who knows the key of a request is told what became of it, so a key is demanded.
 */
export function judgeVoter(
  record: VoterRecord,
  request: CastRequest,
  policy: { revotePolicy: "final" | "revisable"; ballotsMax: number; isBlind: boolean },
): VoterVerdict {
  if (policy.isBlind && request.requestKey === null)
    return { kind: "refused", code: "idempotency.key_required", of: null };
  const first = record[0];
  const counted = record.at(-1);
  if (first === undefined || counted === undefined) return { kind: "new" };

  const shown = policy.isBlind ? null : first;
  if (request.requestKey !== null) {
    const same = record.find((ballot) => ballot.requestKey === request.requestKey);
    if (same !== undefined) {
      return same.choice === request.choice
        ? { kind: "repeat", of: same }
        : { kind: "refused", code: "idempotency.key_reused", of: same };
    }
  } else if (counted.choice === request.choice) {
    return { kind: "repeat", of: counted };
  }
  if (policy.revotePolicy === "final") {
    return { kind: "refused", code: "vote.already_cast", of: shown };
  }
  if (request.requestKey === null) {
    const earlier = record.find((ballot) => ballot.choice === request.choice);
    if (earlier !== undefined) {
      return { kind: "refused", code: "vote.ambiguous_repeat", of: earlier };
    }
  }
  if (record.length >= policy.ballotsMax) {
    return { kind: "refused", code: "vote.revisions_exhausted", of: shown };
  }
  return { kind: "new" };
}
