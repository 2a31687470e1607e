import type { HashedBallot } from "../ballot/ballot.ts";
import type { CastOutcome } from "../ballot/cast-many.ts";
import type { OwnVoteQuestion } from "../ballot/own-vote.ts";
import type { CastRequest } from "../ballot/voter.ts";
import type { Manifest } from "../decision/decision.ts";
import type { DisclosedManifest } from "../decision/visibility.ts";
import type { LoginUseReply, VoterLogin } from "./logins.ts";
import type { SocketRefusal, SocketVoter } from "./socket-voter.ts";
import type { ShardSnapshot } from "../results/shard-snapshot.ts";
import type { OutboxReport } from "../vote-log/outbox.ts";

/**
 * Why a shard gave no outcomes. Overloaded: nothing was written. Unavailable: unknown, and safe to
 * repeat, since repeats never count twice.
 */
export type ShardFailure = "overloaded" | "unavailable";

/** Casts votes, and gives an outcome each in their order. Never throws but for a fault of its own. */
export type CastVotes = (
  requests: readonly CastRequest[],
) => Promise<(CastOutcome | ShardFailure)[]>;

/** At most `max` ballots of a shard, after a seq. */
export interface ShardBallotsQuery {
  manifest: DisclosedManifest;
  shard: number;
  afterSeq: number;
  max: number;
}

/** The shards, as the edge reaches them. */
export interface Ballots {
  /**
   * Hands votes to the one shard of each voter, one call a shard, and gives an outcome or the
   * shard's silence for each, in order. An accepted vote is durable before this returns. Nothing is
   * retried here. `onCall` hears of every call as it is made, at most `callsMax`.
   */
  cast(
    manifest: Manifest,
    requests: readonly CastRequest[],
    onCall?: () => void,
  ): Promise<(CastOutcome | ShardFailure)[]>;
  /**
   * Asks the voter's shard for a socket to vote over. The answer is the upgrade, with the protocol
   * named in it, or why there is none. Results are told over it where the shard lives in its room.
   */
  openSocket(
    manifest: Manifest,
    voter: SocketVoter,
    asked: { protocol: string | null; withResults: boolean },
  ): Promise<Response | SocketRefusal | "unavailable">;
  /** Whether the ballot that the question proves is its voter's counted one. */
  isOwnVoteCounted(manifest: Manifest, question: OwnVoteQuestion): Promise<boolean>;
  /** Whether each of these voters has cast a ballot, in their order. */
  haveVoted(manifest: Manifest, pids: readonly string[]): Promise<boolean[]>;
  /**
   * Keeps a login elsewhere that is being exchanged, once; durable when this returns. `bound`: its
   * subject stands for another voter, or its voter for another subject.
   */
  useLogin(manifest: Manifest, login: VoterLogin): Promise<LoginUseReply>;
  snapshot(manifest: DisclosedManifest, shard: number): Promise<ShardSnapshot>;
  outboxProgress(manifest: DisclosedManifest, shard: number): Promise<OutboxReport>;
  /** Ballots of the record, in order, with what their receipts name. */
  readBallots(query: ShardBallotsQuery): Promise<HashedBallot[]>;
}
