import type { Actor } from "../audit-log/audit-entry.ts";
import type { StationKeyChange } from "../audit-log/audit-notes.ts";
import type { Decision, DecisionDraft, Manifest } from "../decision/decision.ts";
import type { VoterKey } from "../decision/decision-keys.ts";
import type { LifecycleRefusal } from "../decision/lifecycle.ts";
import type { RefusedRows, ShardRoll } from "../decision/roll.ts";
import type { ShardGroup } from "../decision/shard-map.ts";
import type { DisclosedId } from "../decision/visibility.ts";
import type { PublicResult } from "../results/public-result.ts";
import type { PublicationList } from "../publication/publication-builder.ts";
import type { DecisionResult } from "../results/result.ts";
import type { ShownResult, ShownVersion } from "../results/shown-result.ts";
import type { TurnoutPoint } from "../results/turnout-series.ts";
import type { RuleFault } from "../rules/rule.ts";
import type { AuditLogPage, PublicEntriesPage } from "./audit-log.ts";
import type { TokenChange, TokenReply } from "./tokens.ts";
import type { BeginRollReply, ContinueRollReply, RollPiece, RollProgress } from "./rolls.ts";
import type { CertificationState, UncertifiedDecision } from "./certification.ts";

/**
 * What the edge needs to take votes: the frozen manifest, and the key that turns voter_ids into
 * pids.
 */
export type VotingContext = VoterKey & { manifest: Manifest };

/**
 * `unavailable`: the change is recorded and will be carried out, but not every shard has answered
 * yet; asking again is safe.
 */
export type RoomReply =
  | { kind: "done"; decision: Decision }
  | { kind: "refused"; code: LifecycleRefusal; faults?: readonly RuleFault[] }
  | { kind: "unavailable" }
  | { kind: "not_found" };

/**
 * `unavailable` as above; a decision that was opened, or is not cancelled, is not deletable;
 * `changed` where it is none of the drafts that were expected.
 */
export type DeletionReply = "deleted" | "not_deletable" | "changed" | "unavailable" | "not_found";

/**
 * The drafts that a caller knows, by SHA-256 of `draftContent`: where the decision is none of them
 * nothing is done. Null is for a caller that takes it as it is.
 */
export type ExpectedDrafts = readonly string[] | null;

/** What is to be changed of a draft. */
export interface Amendment {
  changes: Partial<DecisionDraft>;
  expected: ExpectedDrafts;
}

/**
 * The last two only where the decision was to be opened too; refused, it was not created either.
 */
export type CreateReply =
  | { kind: "created"; decision: Decision }
  | { kind: "found"; decision: Decision }
  | { kind: "taken" }
  | Extract<RoomReply, { kind: "refused" | "unavailable" }>;

/**
 * `none`: no such decision, a draft, or cancelled. `sealed`: counts are not shown before the close,
 * and an outcome is made of them. `unavailable`: a shard has never answered. A final outcome is its
 * JSON text; once it is certified that is the same for ever.
 */
export type OutcomeReply =
  | { kind: "final"; version: ShownVersion; text: string; isCertified: boolean }
  | { kind: "live"; result: PublicResult; version: ShownVersion; manifestHash: string }
  | { kind: "none" }
  | { kind: "sealed" }
  | { kind: "unavailable" };

/**
 * Rows as JSON texts with a line feed after each, the number of the first in its list (from 1 on),
 * and how many pages and rows the list has.
 */
export type PublicationPage = { first: number; rows: string; pages: number; size: number };

/** What is shown of a decision now, and how its turnout grew up to it. */
export type TurnoutReply = {
  version: ShownVersion;
  result: ShownResult;
  points: readonly TurnoutPoint[];
};

/** What whoever opens a decision says to know of it and its roll. */
export interface OpeningAcknowledgement {
  expected: ExpectedDrafts;
  /** That few on it share region and weight. */
  hasSmallCells: boolean;
  /** That a group of its regions has few voters. */
  hasSmallGroups: boolean;
  /** How many rows of its file were refused. */
  refusedRows: number;
}

/** An import whose parts all shards have sealed, and who put it in force. */
export interface RollAdoption {
  decisionId: string;
  number: number;
  parts: readonly ShardRoll[];
  /** By which its voters were spread over the shards. */
  placement: readonly ShardGroup[];
  /** What of its file was left out. */
  refused: RefusedRows;
  actor: Actor;
}

/**
 * The rooms: the record of decisions. Whatever an answer says is durable when it arrives; every
 * call may be repeated. What an actor does is recorded in the transaction that does it, and what
 * changes nothing is not.
 */
/** Who comes to watch a decision. */
export interface Watcher {
  isSocket: boolean;
  /** The version that it knows. */
  since: number | null;
  /** Whose places are counted together; null where they are not bounded. */
  client: string | null;
}

export interface Decisions {
  /** Drafts a decision, or drafts and opens it in one step. */
  create(draft: DecisionDraft, actor: Actor, isOpened: boolean): Promise<CreateReply>;
  read(decisionId: string): Promise<Decision | null>;
  /**
   * Ids of all decisions ever created, in their order, after `after`; also such as were given up
   * before they existed.
   */
  listIds(after: string, max: number): Promise<string[]>;
  amend(decisionId: string, amendment: Amendment, actor: Actor): Promise<RoomReply>;
  /**
   * Opens a draft. Where few on its roll share region and weight, or rows of its file were refused,
   * only if that is acknowledged.
   */
  open(decisionId: string, actor: Actor, acknowledged: OpeningAcknowledgement): Promise<RoomReply>;
  close(decisionId: string, actor: Actor): Promise<RoomReply>;
  cancel(decisionId: string, actor: Actor, expected: ExpectedDrafts): Promise<RoomReply>;
  /** Forgets a cancelled draft. Its id is not given again, and its audit log stays. */
  delete(decisionId: string, actor: Actor, expected: ExpectedDrafts): Promise<DeletionReply>;
  /**
   * Null until the decision is opened. May come from memory: a manifest never changes once it is
   * frozen.
   */
  votingContext(decisionId: string): Promise<VotingContext | null>;
  voterKey(decisionId: string): Promise<VoterKey | null>;
  /** Issues or revokes ballot tokens; how many is recorded first. */
  changeTokens(decisionId: string, change: TokenChange, actor: Actor): Promise<TokenReply>;
  /**
   * Counts in public that a station asks whether a voter has voted; durable when this returns. False
   * where voting is not open.
   */
  countLookUp(decisionId: string): Promise<boolean>;
  /**
   * The decision's key, once it is recorded of how many voters is told whether they have voted; null
   * where there is no decision.
   */
  markRoll(
    decisionId: string,
    voters: number,
    actor: Actor,
  ): Promise<VoterKey | "not_over" | "forgotten" | null>;
  /**
   * Records publicly that a station's key is issued, before that is done, or was revoked. Null where
   * there is no decision; a key is issued while a decision takes votes, or will.
   */
  noteStationKey(
    decisionId: string,
    change: StationKeyChange,
    actor: Actor,
  ): Promise<"noted" | "not_opened" | "ended" | null>;
  /** What was done to a decision, after `seq`. */
  readAuditLog(decisionId: string, seq: number, max: number): Promise<AuditLogPage>;
  /** The same from the opening on; null where it was never opened. */
  readEvents(decisionId: string, seq: number, max: number): Promise<PublicEntriesPage | null>;
  /**
   * What may be shown of a decision's tally, to everybody; null while a shard of it has never
   * answered, and where it was never opened.
   */
  result(decisionId: string): Promise<ShownResult | null>;
  /** The same, of a draft too: only for who may read the decision, and never to be shared. */
  unsharedResult(decisionId: string): Promise<ShownResult | null>;
  /** How turnout grew, as far as results have shown it; null as with `result`. */
  turnout(decisionId: string): Promise<TurnoutReply | null>;
  /** The same, of a draft too, as `unsharedResult`. */
  unsharedTurnout(decisionId: string): Promise<TurnoutReply | null>;
  /** The merged tally with every region by itself, for audits. */
  disclosedResult(decisionId: DisclosedId): Promise<DecisionResult | null>;
  /** Why a decision is not certified yet, where it is over. */
  certificationState(decisionId: string): Promise<CertificationState>;
  /** Decisions that wait for long to be certified, by id, after `after`. */
  listUncertified(after: string, max: number): Promise<UncertifiedDecision[]>;
  /**
   * A page of a certified decision's publication, from 1 on, which never changes; null before the
   * decision is certified, and where it has no such page.
   */
  publicationPage(
    decisionId: string,
    list: PublicationList,
    page: number,
  ): Promise<PublicationPage | null>;
  /** What the rule says of a decision, in one read. */
  outcome(decisionId: string): Promise<OutcomeReply>;
  /** An event stream or a WebSocket, from the room itself; 403 where the client has its places. */
  watch(decisionId: string, watcher: Watcher): Promise<Response>;
  rebuild(decisionId: string, actor: Actor): Promise<void>;
  beginRoll(decisionId: string): Promise<BeginRollReply>;
  /** Begins an upload in pieces, which goes on after a break; an import before it is over. */
  beginRollUpload(decisionId: string): Promise<BeginRollReply>;
  continueRoll(decisionId: string, number: number): Promise<ContinueRollReply>;
  /** Notes that a piece's rows are in their shards; one that is known changes nothing. */
  takeRollPiece(decisionId: string, number: number, piece: RollPiece): Promise<void>;
  /** Tells how far an upload is, for those who ask; nothing depends on it. */
  noteRoll(
    decisionId: string,
    number: number,
    seen: Pick<RollProgress, "rows" | "refused" | "bytes">,
  ): Promise<void>;
  /** The upload is over; the progress that it noted is forgotten. */
  endRoll(decisionId: string, number: number): Promise<void>;
  /**
   * Puts an import in force at once and as a whole, unless a later one has begun or the decision is
   * no longer a draft.
   */
  adoptRoll(adoption: RollAdoption): Promise<RoomReply>;
  rollProgress(decisionId: string): Promise<RollProgress | null>;
  /** Puts a map of the regions, as `boundMap` has written it, in a draft; null takes it away. */
  drawMap(decisionId: string, text: string | null, actor: Actor): Promise<RoomReply>;
  /** The text of a decision's map; null where there is none. */
  mapText(decisionId: string): Promise<string | null>;
}
