import type { AuditEntry, AuditLogHead, Actor } from "../../src/audit-log/audit-entry.ts";
import {
  decisionRestored,
  rollImported,
  type RecoveredShard,
  type StationKeyChange,
} from "../../src/audit-log/audit-notes.ts";
import type { Decision, DecisionDraft } from "../../src/decision/decision.ts";
import { isOpenOrScheduled, passTime } from "../../src/decision/lifecycle.ts";
import { isPublished } from "../../src/decision/readers.ts";
import type { VoterKey } from "../../src/decision/decision-keys.ts";
import { discloseCounts } from "../../src/decision/visibility.ts";
import { roomTable, watchForm } from "../../src/platform/objects/call-tables.ts";
import { versionedRegistry } from "../../src/platform/objects/versioned-stubs.ts";
import type { PublicationList } from "../../src/publication/publication-builder.ts";
import type { BallotCursor } from "../../src/database/database.ts";
import type { CertificationState } from "../../src/ports/certification.ts";
import type { CheckedRecord } from "../../src/ports/record-check.ts";
import type {
  CreateReply,
  DeletionReply,
  Amendment,
  ExpectedDrafts,
  OpeningAcknowledgement,
  OutcomeReply,
  PublicationPage,
  RollAdoption,
  RoomReply,
  TurnoutReply,
  VotingContext,
} from "../../src/ports/decisions.ts";
import type { SearchedDecision, SearchedPage } from "../../src/search/searched-record.ts";
import type { TokenChange, TokenReply } from "../../src/ports/tokens.ts";
import type { PublicEntriesPage } from "../../src/ports/audit-log.ts";
import type {
  BeginRollReply,
  ContinueRollReply,
  RollPiece,
  RollProgress,
} from "../../src/ports/rolls.ts";
import { ballotSocketPath } from "../../src/ports/socket-voter.ts";
import type { DecisionResult } from "../../src/results/result.ts";
import type { ShownResult } from "../../src/results/shown-result.ts";
import { requireNewestVersion } from "../../src/shared/versioned.ts";
import { decodeReport } from "../../src/results/tally-report.ts";
import type { Confirmation } from "../../src/vote-log/outbox.ts";
import { composeRoom, type RoomParts } from "./compose-room.ts";
import { indexRestoredVoters } from "../ballot-shard/restored-voters.ts";
import { ShardHost } from "../ballot-shard/shard-host.ts";
import { admitWatcher } from "./watchers.ts";

/** The record of one decision: manifest, seals, merged tally, life-cycle alarm and watchers. */
export class DecisionRoom extends ShardHost<RoomParts> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, {
      table: roomTable,
      compose: composeRoom,
      followRows: indexRestoredVoters,
      audit: { subject: `decision ${ctx.id.name}`, restored: decisionRestored },
    });
    const parts = this.readableParts;
    if (parts !== null && isInUse(parts)) void ctx.blockConcurrencyWhile(() => this.resume());
  }

  protected override async resume(): Promise<void> {
    if (!isInUse(this.parts)) return;
    const { alarmScheduler, scheduler, search, outbox } = this.parts;
    await alarmScheduler.load();
    await scheduler.resume();
    await search.resume();
    await outbox.resume();
  }

  /**
   * The database holds ballots of the first shard. For the writer, which does not know where that
   * shard lives.
   */
  async confirmFirst(decisionId: string, confirmation: Confirmation): Promise<void> {
    const { store, shards } = this.parts;
    const plan = store.decision?.manifest ?? { decisionId, shardMap: [] };
    await shards.confirmFirst(plan, confirmation);
  }

  /** Creates the decision, and opens it too where that is asked; see `DecisionChanges.create`. */
  async create(draft: DecisionDraft, actor: Actor, isOpened: boolean): Promise<CreateReply> {
    const register = () => versionedRegistry(this.env.REGISTRY).registerDecision(draft.id);
    const reply = await this.parts.changes.create({ draft, actor, isOpened, register });
    const isOpen = "decision" in reply && isOpenOrScheduled(reply.decision);
    return isOpened && isOpen ? this.#onceReady(reply) : reply;
  }

  read(): Decision | null {
    const { decision } = this.parts.store;
    return decision === null ? null : passTime(decision, Date.now());
  }

  async amend(amendment: Amendment, actor: Actor): Promise<RoomReply> {
    return this.parts.changes.amend(amendment, actor);
  }

  async open(actor: Actor, acknowledged?: OpeningAcknowledgement): Promise<RoomReply> {
    const reply = await this.parts.changes.open(actor, acknowledged);
    return reply.kind === "done" ? this.#onceReady(reply) : reply;
  }

  async close(actor: Actor): Promise<RoomReply> {
    return this.parts.changes.close(actor);
  }

  async cancel(actor: Actor, expected: ExpectedDrafts): Promise<RoomReply> {
    return this.parts.changes.cancel(actor, expected);
  }

  async delete(actor: Actor, expected: ExpectedDrafts): Promise<DeletionReply> {
    return this.parts.changes.delete(actor, expected);
  }

  /** Begins an import of the roll: its number, and what its rows are checked against. */
  beginRoll(): BeginRollReply {
    const decision = this.read();
    return decision === null ? { kind: "not_found" } : this.parts.rolls.begin(decision, Date.now());
  }

  /** Begins an upload in pieces, which goes on after a break. */
  beginRollUpload(): BeginRollReply {
    const decision = this.read();
    if (decision === null) return { kind: "not_found" };
    return this.parts.rolls.beginInPieces(decision, Date.now());
  }

  continueRoll(number: number): ContinueRollReply {
    const decision = this.read();
    return decision === null ? { kind: "not_found" } : this.parts.rolls.continue(decision, number);
  }

  takeRollPiece(number: number, piece: RollPiece): void {
    this.parts.rolls.takePiece(number, piece, Date.now());
  }

  noteRoll(number: number, seen: Pick<RollProgress, "rows" | "refused" | "bytes">): void {
    this.parts.rolls.note(number, seen, Date.now());
  }

  endRoll(number: number): void {
    this.parts.rolls.end(number);
  }

  /** Puts an import in force once every shard has sealed its part. */
  async adoptRoll({ number, actor, ...adopted }: Omit<RollAdoption, "decisionId">) {
    const { changes, rolls } = this.parts;
    return changes.apply(
      (decision) => rolls.adopt(decision, number, adopted),
      rollImported,
      actor,
      () => rolls.keepKeyInForce(number),
    );
  }

  rollProgress(): RollProgress | null {
    return this.parts.rolls.progress;
  }

  /** Puts a map of the regions in a draft, as `boundMap` has written it; null takes it away. */
  async drawMap(text: string | null, actor: Actor): Promise<RoomReply> {
    return this.parts.changes.drawMap(text, actor);
  }

  /** The map of the regions; null where there is none. */
  mapText(): string | null {
    return this.parts.mapStore.text;
  }

  /** What the edge needs to take votes for this decision; null until it is opened. */
  votingContext(): VotingContext | null {
    const manifest = this.parts.store.decision?.manifest ?? null;
    return manifest === null ? null : { manifest, ...voterKeyOf(this.parts.keyStore.keys) };
  }

  /** The key of this decision's pseudonyms; null where there is no decision. */
  voterKey(): VoterKey | null {
    return this.parts.store.decision === null ? null : voterKeyOf(this.parts.keyStore.keys);
  }

  /** Issues or revokes ballot tokens; see `RoomTokens.change`. */
  async changeTokens(change: TokenChange, actor: Actor): Promise<TokenReply> {
    return this.parts.tokens.change(change, actor);
  }

  /**
   * Counts that a station asks whether a voter has voted, before that is answered; durable when this
   * returns. False where voting is not open.
   */
  countLookUp(): boolean {
    const { store } = this.parts;
    if (this.read()?.status !== "open") return false;
    store.marks.keep("look_ups", store.marks.lookUps + 1);
    return true;
  }

  /** The key to tell who of so many voters has voted, after the close; it is recorded how many. */
  markRoll(voters: number, actor: Actor): VoterKey | "not_over" | "forgotten" | null {
    const key = this.parts.changes.markRoll(voters, actor);
    return typeof key === "object" && key !== null ? voterKeyOf(key) : key;
  }

  /** Records publicly what becomes of a station's key; see `DecisionChanges.noteStationKey`. */
  noteStationKey(change: StationKeyChange, actor: Actor): "noted" | "not_opened" | "ended" | null {
    return this.parts.changes.noteStationKey(change, actor);
  }

  /** Records publicly that a shard is taken back to an earlier time, before it is done. */
  recordRecovery(recovery: RecoveredShard, actor: Actor): void {
    this.parts.changes.recordRecovery(recovery, actor);
  }

  /** What was done to this decision, from after `seq` on, and where the log ends. */
  readAuditLog(seq: number, max: number): { entries: AuditEntry[]; head: AuditLogHead } {
    return this.parts.auditLog.readAfter(seq, max);
  }

  /** The same from its opening on, for everybody; null where it was never opened. */
  readEvents(seq: number, max: number): PublicEntriesPage | null {
    const { store, auditLog } = this.parts;
    const opened = store.marks.get("opened_entry");
    if (opened < 0) return null;
    const after = Math.max(seq, opened - 1);
    const page = auditLog.readAfter(after, max);
    const before = auditLog.headAt(Math.min(after, page.head.seq));
    return { ...page, before, lookUps: store.marks.lookUps };
  }

  /** A shard tells what it has accepted, as `encodeReport` has it; gives the seq known by now. */
  async report(text: string): Promise<number> {
    return this.parts.scheduler.onReport(decodeReport(text));
  }

  /** What may be shown of the merged tally, at most a second old; null until all shards answer. */
  async result(): Promise<ShownResult | null> {
    const { store, results } = this.parts;
    // Nothing of a draft gets into a cache.
    const isShown = store.decision !== null && isPublished(store.decision);
    return isShown ? results.freshShown() : null;
  }

  /** The same, of a draft too: only for who may read the decision, and never to be shared. */
  async unsharedResult(): Promise<ShownResult | null> {
    return this.parts.results.freshShown();
  }

  /** How turnout grew, as far as results have shown it; null where `result` is. */
  async turnout(): Promise<TurnoutReply | null> {
    const { store, turnout } = this.parts;
    const isShown = store.decision !== null && isPublished(store.decision);
    return isShown ? turnout.read() : null;
  }

  /** The same, of a draft too, as `unsharedResult`. */
  async unsharedTurnout(): Promise<TurnoutReply | null> {
    return this.parts.turnout.read();
  }

  /** The merged tally with every region, for audits; null while the counts may not be shown. */
  async disclosedResult(): Promise<DecisionResult | null> {
    const decision = this.read();
    if (decision === null || discloseCounts(decision) === null) return null;
    return this.parts.results.fresh();
  }

  /** Why the decision is not certified yet, where it is over. */
  certificationState(): Promise<CertificationState> {
    return this.parts.certificationOf(this.read());
  }

  /**
   * Compares the decision's record with what follows from it, and counts the database's rows behind
   * a ballot; null where it is not checked, or no longer.
   */
  checkRecord(from: BallotCursor): Promise<CheckedRecord | null> {
    return this.parts.recordCheck.check(from);
  }

  /** A page of the publication; null where there is none yet, or no such page. */
  publicationPage(list: PublicationList, page: number): PublicationPage | null {
    const { store, publication } = this.parts;
    return store.decision?.status === "certified" ? publication.readPage(list, page) : null;
  }

  /** What the search index holds of the decision; null where it was never opened. */
  searchEntry(): SearchedDecision | null {
    return this.parts.search.entry();
  }

  /** A page of what the index holds of its published ballots; null where there is none. */
  searchPage(page: number): SearchedPage | null {
    return this.parts.search.readPage(page);
  }

  /** What the rule says, now or for ever. */
  async outcome(): Promise<OutcomeReply> {
    const decision = this.read();
    return decision === null ? { kind: "none" } : this.parts.outcome.read(decision);
  }

  /**
   * Sends all ballots and this decision's own rows to the database again, and has the rows removed
   * that are not the record's.
   */
  async rebuild(actor: Actor): Promise<void> {
    const { store, changes, shards, projection, rowCheck, scheduler } = this.parts;
    if (store.decision === null) return;
    changes.rebuild(() => {
      projection.reset();
      store.marks.keep("rows_compared", -1);
      rowCheck.begin("rebuild");
    }, actor);
    const { manifest } = store.decision;
    if (manifest !== null) await shards.republish(manifest, [...manifest.shardMap.keys()]);
    await scheduler.run({ projection: "immediate" });
  }

  /**
   * Live results: `/socket` or `/stream`, with `since` as the version that the watcher knows; and
   * the socket of a voter of its only shard.
   */
  override async fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === ballotSocketPath) return super.fetch(request);
    requireNewestVersion(watchForm, Number(searchParams.get("v")));
    const { watchers, results } = this.parts;
    const answer = await admitWatcher(watchers, () => results.durableShown(), request);
    this.flushMetricsLater();
    return answer;
  }

  /** Sets the next alarm last. Only that may throw, and then the platform calls it again. */
  protected override async onAlarm(parts: RoomParts): Promise<void> {
    const { alarmScheduler, scheduler, search, outbox } = parts;
    await alarmScheduler.onAlarm([scheduler, search, outbox]);
  }

  /** The reply once shards are open: a vote sent right after it must find its shard open. */
  #onceReady<Reply>(reply: Reply): Reply | { kind: "unavailable" } {
    return this.parts.reconciler.areShardsOpened ? reply : { kind: "unavailable" };
  }
}

/** Whether there is a decision, or something of one that was deleted is still on its way. */
function isInUse({ store, outbox }: RoomParts): boolean {
  return store.decision !== null || outbox.isWorkLeft;
}

/** Without the opening key, which leaves the record for no one. */
function voterKeyOf({ decisionKey, generation }: VoterKey): VoterKey {
  return { decisionKey, generation };
}
