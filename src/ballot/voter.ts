import type { RevotePolicy } from "../decision/decision.ts";
import type { Ballot, BallotChoice } from "./ballot.ts";

/**
 * A request to count a vote or to take it back, as it reaches the shard: the voter is a pid by now.
 */
export type CastRequest = {
  pid: string;
  choice: BallotChoice;
  region: string;
  weight: number;
  /**
   * What makes a repeat recognisable: the digest of an idempotency key, or null where the client
   * sent none.
   */
  requestKey: string | null;
};

/** A ballot with the key of the request that made it. */
export type VoterBallot = Ballot & { requestKey: string | null };

/**
 * All ballots of one voter in a decision, oldest first; the last one is counted, unless it is a
 * withdrawal.
 */
export type VoterRecord = readonly VoterBallot[];

/** Why a request is refused, as the API's error code. */
export type VoteRefusal =
  | "decision.not_open"
  | "decision.closed"
  | "vote.already_cast"
  | "vote.final"
  | "vote.nothing_to_withdraw"
  | "vote.ambiguous_repeat"
  | "vote.revisions_exhausted"
  | "vote.not_on_roll"
  | "vote.unknown_region"
  | "vote.weight_too_large"
  | "vote.wrong_shard"
  | "idempotency.key_required"
  | "idempotency.key_reused";

/** What a request of a voter comes to. */
export type VoteVerdict =
  | { kind: "new" }
  | { kind: "repeat"; of: VoterBallot }
  /**
   * `first` is the ballot that stands in the way; null where there is none, or the asker is not to
   * learn of it.
   */
  | { kind: "refused"; code: VoteRefusal; first: VoterBallot | null };

/**
 * Tells whether a request of a voter is a new vote, a repeat of an earlier request, or neither.
 *
 * With a key, a repeat is the same key. Without one, a request that says what the voter's counted
 * ballot says is a repeat of it. A keyless request that says what an *earlier* ballot said can't be
 * told from a late retry of that earlier request: counting it could overturn the newer vote,
 * ignoring it could drop a change of mind. So it is refused, and the client told to send a key.
 *
 * Where counts are hidden, an answer must not depend on how the voter voted: whoever may send votes
 * for others, or issue their tokens, could else ask every voter's choice by sending one. Only who
 * knows the key of a request is told what became of it, so a key is demanded.
 *
 * A withdrawal is one more thing that a ballot can say, under the same rules: a late repeat of a
 * vote does not bring back what was withdrawn since, nor a late repeat of a withdrawal take away
 * what was said since.
 */
export function decideVote(
  record: VoterRecord,
  request: CastRequest,
  policy: { revotePolicy: RevotePolicy; ballotsMax: number; areCountsHidden: boolean },
): VoteVerdict {
  if (policy.areCountsHidden && request.requestKey === null)
    return { kind: "refused", code: "idempotency.key_required", first: null };
  const first = record[0];
  const counted = record.at(-1);
  const isWithdrawal = request.choice === "withdrawn";
  if (isWithdrawal && policy.revotePolicy === "final") {
    return {
      kind: "refused",
      code: "vote.final",
      first: policy.areCountsHidden ? null : (first ?? null),
    };
  }
  if (first === undefined || counted === undefined) {
    return isWithdrawal
      ? { kind: "refused", code: "vote.nothing_to_withdraw", first: null }
      : { kind: "new" };
  }

  const shown = policy.areCountsHidden ? null : first;
  if (request.requestKey !== null) {
    const same = record.find((ballot) => ballot.requestKey === request.requestKey);
    if (same !== undefined) {
      return same.choice === request.choice
        ? { kind: "repeat", of: same }
        : { kind: "refused", code: "idempotency.key_reused", first: same };
    }
  } else if (counted.choice === request.choice) {
    return { kind: "repeat", of: counted };
  }
  if (policy.revotePolicy === "final") {
    return { kind: "refused", code: "vote.already_cast", first: shown };
  }
  if (request.requestKey === null) {
    const earlier = record.find((ballot) => ballot.choice === request.choice);
    if (earlier !== undefined) {
      return { kind: "refused", code: "vote.ambiguous_repeat", first: earlier };
    }
  }
  if (record.length >= policy.ballotsMax) {
    return { kind: "refused", code: "vote.revisions_exhausted", first: shown };
  }
  return { kind: "new" };
}
