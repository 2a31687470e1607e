import type { RevotePolicy } from "../decision/decision.ts";
import type { Ballot, BallotChoice } from "./ballot.ts";

/** What is published beside a ballot of a roll call. */
export type BallotNote = { name: string | null; statement: string | null };

/**
 * Who asks, beside the token or key that let the request in: a voter who has just logged in, or a
 * station that may override, needs no proof that an earlier ballot is the voter's.
 */
export const authorities = ["token", "login", "station"] as const;
export type Authority = (typeof authorities)[number];

/**
 * A request to count a vote or to take it back, as it reaches the shard: the voter is a pid by now.
 */
export type CastRequest = {
  pid: string;
  choice: BallotChoice;
  region: string;
  weight: number;
  /**
   * What the voter's own software drew, 32 bytes in hexadecimal digits: it makes a repeat
   * recognisable and the ballot's hash one that nobody else can guess.
   */
  nonce: string;
  /** The r of the voter's newest ballot, which a change of it needs; null where none was sent. */
  proof: string | null;
  authority: Authority;
  /** Which of its voter's tokens asks; null where it is none that was issued. */
  serial: number | null;
  /** Null outside roll calls. */
  note: BallotNote | null;
};

/** A ballot with the nonce of the request that made it. */
export type VoterBallot = Ballot & { nonce: string };

/**
 * All ballots of one voter in a decision, oldest first; the last one is counted, unless it is a
 * withdrawal.
 */
export type VoterRecord = readonly VoterBallot[];

/** Why a request is refused, as the API's error code. */
export type VoteRefusal =
  | "token.expired"
  | "token.superseded"
  | "decision.not_open"
  | "decision.closed"
  | "decision.extension_pending"
  | "vote.already_cast"
  | "vote.final"
  | "vote.nonce_reused"
  | "vote.nothing_to_withdraw"
  | "vote.proof_required"
  | "vote.revisions_exhausted"
  | "vote.not_on_roll"
  | "vote.unknown_region"
  | "vote.weight_too_large"
  | "vote.wrong_shard";

/** What a request of a voter comes to. */
export type VoteVerdict =
  | { kind: "new" }
  | { kind: "repeat"; of: VoterBallot }
  | { kind: "refused"; code: VoteRefusal };

/** What a decision allows, and how a proof is known. */
export interface VotePolicy {
  revotePolicy: RevotePolicy;
  ballotsMax: number;
  /** Whether this is the r of that ballot. */
  isProof: (proof: string, ballot: VoterBallot) => boolean;
  /** The serial of the voter's newest token: earlier ones are no longer good. */
  newestSerialOf: (pid: string) => number;
}

/**
 * Tells whether a request of a voter is a new vote, a repeat of an earlier request, or neither. A
 * repeat is the same nonce; nothing else makes one, so a refusal says nothing of how a voter voted
 * to whoever does not know the nonce. After the first ballot a change takes proof that it is the
 * voter's: whoever issues tokens could else vote over it, or take it back.
 *
 * A token that is no longer the voter's newest casts no first vote. It is refused alike with and
 * without a ballot, unless it proves that the ballot is its voter's: so whoever ends tokens changes
 * nothing for those who have voted, and learns nothing of who they are.
 *
 * A withdrawal is one more thing that a ballot can say, under the same rules. Without proof it is
 * refused alike with and without a ballot.
 */
export function decideVote(
  record: VoterRecord,
  request: CastRequest,
  { revotePolicy, ballotsMax, isProof, newestSerialOf }: VotePolicy,
): VoteVerdict {
  const same = record.find((ballot) => ballot.nonce === request.nonce);
  if (same !== undefined) {
    return same.choice === request.choice
      ? { kind: "repeat", of: same }
      : { kind: "refused", code: "vote.nonce_reused" };
  }
  const newest = record.at(-1);
  const isProven =
    request.authority !== "token" ||
    (newest !== undefined && request.proof !== null && isProof(request.proof, newest));
  const isEarlier = request.serial !== null && request.serial < newestSerialOf(request.pid);
  if (isEarlier && !isProven) return { kind: "refused", code: "token.superseded" };
  if (request.choice === "withdrawn") {
    if (revotePolicy === "final") return { kind: "refused", code: "vote.final" };
    if (!isProven) return { kind: "refused", code: "vote.proof_required" };
    if (newest === undefined || newest.choice === "withdrawn") {
      return { kind: "refused", code: "vote.nothing_to_withdraw" };
    }
  }
  if (newest === undefined) return { kind: "new" };
  if (revotePolicy === "final") return { kind: "refused", code: "vote.already_cast" };
  if (!isProven) return { kind: "refused", code: "vote.proof_required" };
  if (record.length >= ballotsMax) return { kind: "refused", code: "vote.revisions_exhausted" };
  return { kind: "new" };
}
