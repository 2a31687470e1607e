import type { Act, ActHead, Actor } from "../acts/act.ts";
import type { ApiKeyRecord } from "../auth/api-key.ts";
import type { BallotTokens } from "../auth/ballot-token.ts";
import type { ExternalLogins } from "../auth/external-login/external-logins.ts";
import type { Ballot } from "../ballot/ballot.ts";
import type { CastOutcome } from "../ballot/cast-many.ts";
import type { CastRequest } from "../ballot/voter.ts";
import type { DatabaseReads, DeadLetter, DeadLetterStore } from "../database/database.ts";
import type { Decision, DecisionDraft, Manifest } from "../decision/decision.ts";
import type { RollEntry, ShardRoll } from "../decision/roll.ts";
import type { RuleFault } from "../decision/rules/rule.ts";
import type { LifecycleRefusal } from "../decision/lifecycle.ts";
import type { ShardMap } from "../decision/shard-map.ts";
import type { DisclosedId, DisclosedManifest } from "../decision/visibility.ts";
import type { DecisionResult } from "../results/result.ts";
import type { ShownResult, ShownVersion } from "../results/shown-result.ts";
import type { ShardSnapshot } from "../results/shard-snapshot.ts";
import type { OutboxReport } from "../vote-log/drain.ts";
import type { ReplayOutcome } from "../vote-log/replay-letter.ts";
import type { VoteLogHealth } from "../vote-log/vote-log.ts";

/** What the edge needs to take votes: the frozen manifest, and the key that turns voter_ids into pids. */
export type VotingContext = { manifest: Manifest; decisionKey: Uint8Array };

/** `unavailable`: the change is recorded and will be carried out, but not every shard has answered yet; asking again is safe. */
export type RoomReply =
  | { kind: "done"; decision: Decision }
  | { kind: "refused"; code: LifecycleRefusal; faults?: readonly RuleFault[] }
  | { kind: "unavailable" }
  | { kind: "not_found" };

/** The last two only where the decision was to be opened too; refused, it was not created either. */
export type CreateReply =
  | { kind: "created"; decision: Decision }
  | { kind: "found"; decision: Decision }
  | { kind: "taken" }
  | Extract<RoomReply, { kind: "refused" | "unavailable" }>;

/** How many tokens are to be issued, and until when they are good, in ms. */
export type TokenIssue = { voters: number; expiresAt: number };

/** Entries of a log of administrative acts, and where the log ends. */
export type ActPage = { acts: Act[]; head: ActHead };

/**
 * `none`: a draft, or cancelled. `sealed`: counts are not shown before the close, and an outcome is made of them. `unavailable`: a shard
 * has never answered. A final outcome is its JSON text, the same for ever.
 */
export type OutcomeReply =
  | { kind: "final"; version: ShownVersion; text: string }
  | { kind: "live"; result: DecisionResult; version: ShownVersion; manifestHash: string }
  | { kind: "none" }
  | { kind: "sealed" }
  | { kind: "unavailable" };

/** How far an upload of a roll is; times in ms. */
export type RollProgress = {
  import: number;
  rows: number;
  refused: number;
  bytes: number;
  startedAt: number;
  updatedAt: number;
};

/** An import that has begun: its number, that of the import in force meanwhile, and what its rows are judged by. */
export type BeginRollReply =
  | {
      kind: "begun";
      roll: { number: number; inForce: number | null };
      draft: DecisionDraft;
      shardMap: ShardMap;
      decisionKey: Uint8Array;
    }
  | { kind: "refused"; code: LifecycleRefusal }
  | { kind: "not_found" };

/** What the record says of a voter: the entry in the roll, or null, and whether a ballot is counted; never which. */
export type VoterStanding = { entry: RollEntry | null; hasVoted: boolean };

/**
 * The rooms: the record of decisions. Whatever an answer says is durable when it arrives; every call may be repeated. What an actor does
 * is recorded in the transaction that does it, and what changes nothing is not.
 */
export interface Rooms {
  /** Drafts a decision, or drafts and opens it in one step. */
  create(draft: DecisionDraft, actor: Actor, isOpened: boolean): Promise<CreateReply>;
  read(decisionId: string): Promise<Decision | null>;
  /** Ids of all decisions ever created, in their order, after `after`; also such as were given up before they existed. */
  listIds(after: string, max: number): Promise<string[]>;
  amend(decisionId: string, changes: Partial<DecisionDraft>, actor: Actor): Promise<RoomReply>;
  open(decisionId: string, actor: Actor): Promise<RoomReply>;
  close(decisionId: string, actor: Actor): Promise<RoomReply>;
  cancel(decisionId: string, actor: Actor): Promise<RoomReply>;
  /** Null until the decision is opened. May come from memory: a manifest never changes once it is frozen. */
  votingContext(decisionId: string): Promise<VotingContext | null>;
  decisionKey(decisionId: string): Promise<Uint8Array | null>;
  /** The decision's key, once it is recorded how many tokens are to be issued; null where there is no decision. */
  issueTokens(decisionId: string, issue: TokenIssue, actor: Actor): Promise<Uint8Array | null>;
  /** What was done to a decision, after `seq`. */
  readActs(decisionId: string, seq: number, max: number): Promise<ActPage>;
  /** What may be shown of an existing decision's tally; null while a shard of it has never answered. */
  result(decisionId: string): Promise<ShownResult | null>;
  /** The merged tally with every region by itself, for audits. */
  disclosedResult(decisionId: DisclosedId): Promise<DecisionResult | null>;
  /** What the rule says of a decision, in one read; null where there is no such decision. */
  outcome(decisionId: string): Promise<OutcomeReply | null>;
  /** An event stream or, for an upgrade request, a WebSocket, from the room itself. */
  watch(decisionId: string, request: Request, since: number | null): Promise<Response>;
  rebuild(decisionId: string, actor: Actor): Promise<void>;
  beginRoll(decisionId: string): Promise<BeginRollReply>;
  /** Tells how far an upload is, for those who ask; nothing depends on it. */
  noteRoll(
    decisionId: string,
    number: number,
    seen: Pick<RollProgress, "rows" | "refused" | "bytes">,
  ): Promise<void>;
  /** The upload is over; the progress that it noted is forgotten. */
  endRoll(decisionId: string, number: number): Promise<void>;
  /** Puts an import in force at once and as a whole, unless a later one has begun or the decision is no longer a draft. */
  adoptRoll(
    decisionId: string,
    number: number,
    parts: readonly ShardRoll[],
    actor: Actor,
  ): Promise<RoomReply>;
  rollProgress(decisionId: string): Promise<RollProgress | null>;
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
  snapshot(manifest: DisclosedManifest, shard: number): Promise<ShardSnapshot>;
  outboxProgress(manifest: DisclosedManifest, shard: number): Promise<OutboxReport>;
  /** Ballots of the record after `seq`, in order. */
  readBallots(
    manifest: DisclosedManifest,
    shard: number,
    seq: number,
    max: number,
  ): Promise<Ballot[]>;
}

/** The shards of a decision, of a draft too. */
export type ShardPlan = Pick<Manifest, "decisionId" | "shardMap">;
/** An import under its number, and the number of the one that stays in force until it is adopted. */
export type RollImport = { number: number; inForce: number | null };

/** The shards' parts of a roll. Rows are durable when a call returns, and count for nothing until the room adopts their import. */
export interface RollBox {
  /** Loads rows, a JSON array of [pid, region, weight]; gives the places of those whose pid was loaded before. Not to be repeated. */
  load(
    plan: ShardPlan,
    shard: number,
    roll: RollImport,
    rows: string,
  ): Promise<readonly number[] | "superseded">;
  /** Counts and hashes a shard's part; nothing can be loaded after it. */
  seal(plan: ShardPlan, shard: number, roll: RollImport): Promise<ShardRoll | "superseded">;
  /** Entries of an import after this pid, by pid. */
  readAfter(
    plan: ShardPlan,
    shard: number,
    number: number,
    pid: string,
    max: number,
  ): Promise<({ pid: string } & RollEntry)[]>;
  /** What the shards know of these voters, in their order; `number` is the import in force, if any. */
  standings(
    plan: ShardPlan,
    number: number | null,
    pids: readonly string[],
  ): Promise<VoterStanding[]>;
}

/** API keys, kept by digest. A revoked key may still pass for as long as `limits.apiKeyFreshMs`. */
export interface ApiKeys {
  find(keyId: string): Promise<ApiKeyRecord | null>;
  keep(record: ApiKeyRecord, actor: Actor): Promise<boolean>;
  list(): Promise<ApiKeyRecord[]>;
  revoke(keyId: string, actor: Actor): Promise<boolean>;
  /** What was done to the keys, after `seq`. */
  readActs(seq: number, max: number): Promise<ActPage>;
}

/** Results as readers get them: from the room, or from a cache in front of it. Nothing may be decided by them: that is the room's. */
export interface ResultReads {
  /**
   * Never older than `seenVersion`, which the reader has seen; `last` is what this isolate read last, null if nothing. Null while neither
   * the room nor a cache has an answer.
   */
  read(
    decisionId: string,
    reader: { seenVersion: number | null; last: ShownResult | null },
  ): Promise<ShownResult | null>;
}

/** `misconfigured` and `unreachable`: the platform works on without it. */
export type CacheState = "off" | "ok" | "unreachable" | "misconfigured";

/** What the database refused, and the way to try it again. */
export interface DeadLetterBox {
  list: DeadLetterStore["listDeadLetters"];
  find: DeadLetterStore["findDeadLetter"];
  /** Whatever it answers is durable; every call may be repeated. */
  replay(letter: DeadLetter): Promise<ReplayOutcome>;
}

/** The database as routes see it: ballots and their numbers of disclosed decisions alone. */
export type DisclosedReads = Omit<DatabaseReads, BallotReads> & {
  [Read in BallotReads]: DatabaseReads[Read] extends (
    query: infer Query,
    ...more: infer More
  ) => infer Answer
    ? (query: Disclosed<Query>, ...more: More) => Answer
    : never;
};
type BallotReads = "listBallots" | "countApplied" | "readProjected";
type Disclosed<Query> = Query extends string
  ? DisclosedId
  : Omit<Query, "decisionId"> & { decisionId: DisclosedId };

/** All that the HTTP side knows of the world. */
export type HttpDeps = {
  results: ResultReads;
  cacheState(): Promise<CacheState>;
  rooms: Rooms;
  ballotBox: BallotBox;
  rollBox: RollBox;
  apiKeys: ApiKeys;
  tokens: BallotTokens;
  logins: ExternalLogins;
  database: DisclosedReads;
  deadLetters: DeadLetterBox;
  voteLog: { health(): Promise<VoteLogHealth> };
  /** SHA-256 (hex) of the first admin key, which is a secret of the deployment. */
  adminKeyDigest: string;
  now(): number;
  /** `place` says where: no voter, no credential, no choice. */
  report(event: string, error: unknown, place?: Record<string, string>): void;
};
