import type { ApiKeyRecord } from "../auth/api-key.ts";
import type { BallotTokens } from "../auth/ballot-token.ts";
import type { Ballot } from "../ballot/ballot.ts";
import type { CastOutcome } from "../ballot/cast-many.ts";
import type { CastRequest } from "../ballot/voter.ts";
import type { DatabaseReads } from "../database/database.ts";
import type { Decision, DecisionDraft, Manifest } from "../decision/decision.ts";
import type { LifecycleRefusal } from "../decision/lifecycle.ts";
import type { DecisionResult } from "../results/result.ts";
import type { ShardSnapshot } from "../results/shard-snapshot.ts";
import type { OutboxProgress } from "../vote-log/drain.ts";

/** What the edge needs to take votes: the frozen manifest, and the key that turns voter_ids into pids. */
export type VotingContext = { manifest: Manifest; decisionKey: Uint8Array };

export type CreateReply =
  | { kind: "created"; decision: Decision }
  | { kind: "found"; decision: Decision }
  | { kind: "taken" };

/** `unavailable`: the change is recorded and will be carried out, but not every shard has answered yet; asking again is safe. */
export type RoomReply =
  | { kind: "done"; decision: Decision }
  | { kind: "refused"; code: LifecycleRefusal }
  | { kind: "unavailable" }
  | { kind: "not_found" };

/** The rooms: the record of decisions. Whatever an answer says is durable when it arrives; every call may be repeated. */
export interface Rooms {
  create(draft: DecisionDraft): Promise<CreateReply>;
  read(decisionId: string): Promise<Decision | null>;
  /** Ids of all decisions ever created, in their order, after `after`; also such as were given up before they existed. */
  listIds(after: string, max: number): Promise<string[]>;
  amend(decisionId: string, changes: Partial<DecisionDraft>): Promise<RoomReply>;
  open(decisionId: string): Promise<RoomReply>;
  close(decisionId: string): Promise<RoomReply>;
  cancel(decisionId: string): Promise<RoomReply>;
  /** Null until the decision is opened. May come from memory: a manifest never changes once it is frozen. */
  votingContext(decisionId: string): Promise<VotingContext | null>;
  decisionKey(decisionId: string): Promise<Uint8Array | null>;
  /** The merged tally of an existing decision; null while a shard of it has never answered. */
  result(decisionId: string): Promise<DecisionResult | null>;
  /** An event stream or, for an upgrade request, a WebSocket, from the room itself. */
  watch(decisionId: string, request: Request, since: number | null): Promise<Response>;
  rebuild(decisionId: string): Promise<void>;
}

/** Why a shard gave no outcomes. Overloaded: nothing was written. Unavailable: unknown, and safe to repeat, since repeats never count twice. */
export type ShardSilence = "overloaded" | "unavailable";

/** The shards, as the edge reaches them. */
export interface BallotBox {
  /**
   * Hands votes to the one shard of each voter, one call a shard, and gives an outcome or the shard's silence for each, in order.
   * An accepted vote is durable before this returns. Nothing is retried here.
   */
  cast(
    manifest: Manifest,
    requests: readonly CastRequest[],
  ): Promise<(CastOutcome | ShardSilence)[]>;
  snapshot(manifest: Manifest, shard: number): Promise<ShardSnapshot>;
  outboxProgress(manifest: Manifest, shard: number): Promise<OutboxProgress>;
  /** Ballots of the record after `seq`, in order. */
  readBallots(manifest: Manifest, shard: number, seq: number, max: number): Promise<Ballot[]>;
}

/** API keys, kept by digest. A revoked key may still pass for as long as `limits.apiKeyFreshMs`. */
export interface ApiKeys {
  find(keyId: string): Promise<ApiKeyRecord | null>;
  keep(record: ApiKeyRecord): Promise<boolean>;
  list(): Promise<ApiKeyRecord[]>;
  revoke(keyId: string): Promise<boolean>;
}

/** All that the HTTP side knows of the world. */
export type HttpDeps = {
  rooms: Rooms;
  ballotBox: BallotBox;
  apiKeys: ApiKeys;
  tokens: BallotTokens;
  database: DatabaseReads;
  /** SHA-256 (hex) of the first admin key, which is a secret of the deployment. */
  adminKeyDigest: string;
  now(): number;
  report(event: string, error: unknown): void;
};
