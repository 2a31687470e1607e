import { DurableObject } from "cloudflare:workers";
import type { Act, ActHead, ActNote, Actor } from "../src/acts/act.ts";
import * as actNotes from "../src/acts/act-notes.ts";
import { sha256Hex } from "../src/auth/digest.ts";
import type { Decision, DecisionDraft } from "../src/decision/decision.ts";
import {
  amendDraft,
  cancelDecision,
  closeDecision,
  isSettled,
  openDecision,
  passTime,
  type Transition,
} from "../src/decision/lifecycle.ts";
import { canonicalJson, manifestText } from "../src/decision/manifest.ts";
import type { ShardRoll } from "../src/decision/roll.ts";
import { limits } from "../src/limits.ts";
import { discloseCounts, isListedByRegion } from "../src/decision/visibility.ts";
import type { DecisionResult } from "../src/results/result.ts";
import type { ShownResult } from "../src/results/shown-result.ts";
import type { ShardSnapshot } from "../src/results/shard-snapshot.ts";
import { FinalWord } from "../src/cache/final-word.ts";
import { cacheOf, databaseOf } from "../workers/composition.ts";
import { reportFailure } from "../workers/report-failure.ts";
import type {
  BeginRollReply,
  CreateReply,
  OutcomeReply,
  RollProgress,
  RoomReply,
  TokenIssue,
  VotingContext,
} from "../src/http/deps.ts";
import { ActLog } from "./act-log.ts";
import { RoomLifecycle } from "./room-lifecycle.ts";
import { RoomOutcome } from "./room-outcome.ts";
import { RoomResults } from "./room-results.ts";
import { RoomRolls } from "./room-rolls.ts";
import { roomShards, type RoomShards } from "./room-shards.ts";
import { RoomStore } from "./room-store.ts";
import { hasPlace, RoomWatchers } from "./room-watchers.ts";

/** The record of one decision: its manifest and seals, the merged tally, the clock of its life, and those who watch. */
export class DecisionRoom extends DurableObject<Env> {
  readonly #store: RoomStore;
  readonly #acts: ActLog;
  readonly #shards: RoomShards;
  readonly #results: RoomResults;
  readonly #outcome: RoomOutcome;
  readonly #lifecycle: RoomLifecycle;
  readonly #rolls: RoomRolls;
  readonly #watchers: RoomWatchers;
  readonly #finalWord: FinalWord;
  #broadcastTimer: ReturnType<typeof setTimeout> | null = null;
  /** When the database's lists are to follow next, in ms; null when nothing has changed since. */
  #projectAt: number | null = null;
  /** When to judge next whether anything can still change, in ms; only where the decision may finish early. */
  #judgeAt: number | null = null;
  /** The moment that reports have set the alarm to, in ms: most of them find it set. */
  #reportedAlarmAt: number | null = null;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#store = new RoomStore(ctx.storage);
    this.#acts = new ActLog(ctx.storage, `decision ${ctx.id.name}`);
    this.#shards = roomShards(env.BALLOT_SHARD);
    this.#results = new RoomResults(this.#store, this.#shards);
    this.#outcome = new RoomOutcome(this.#store, this.#results);
    this.#lifecycle = new RoomLifecycle(
      this.#store,
      this.#shards,
      this.#results,
      this.#outcome,
      databaseOf(env),
    );
    this.#rolls = new RoomRolls(this.#store);
    this.#watchers = new RoomWatchers(ctx);
    this.#finalWord = new FinalWord(cacheOf(env).cache, reportFailure);
  }

  /** Creates the decision. The same draft again finds it as it stands; another one under its id is refused. */
  async create(draft: DecisionDraft, actor: Actor): Promise<CreateReply> {
    const { decision } = this.#store;
    if (decision !== null) {
      const isSame =
        decision.owner === actor.owner && canonicalJson(decision.draft) === canonicalJson(draft);
      return isSame ? { kind: "found", decision } : { kind: "taken" };
    }
    // Known to the registry before it exists: after a crash in between a rebuild finds nobody there, which does no harm.
    await this.env.REGISTRY.getByName("registry").registerDecision(draft.id);
    if (this.#store.decision !== null) return this.create(draft, actor);
    const created: Decision = {
      draft,
      owner: actor.owner,
      status: "draft",
      createdAt: Date.now(),
      roll: null,
      quorumWatch: null,
      extendedTo: null,
      manifest: null,
      manifestHash: null,
    };
    this.#store.create(created, crypto.getRandomValues(new Uint8Array(32)), () =>
      this.#acts.append(actNotes.decisionCreated(created), actor, Date.now()),
    );
    await this.#settle();
    return { kind: "created", decision: created };
  }

  read(): Decision | null {
    const { decision } = this.#store;
    return decision === null ? null : passTime(decision, Date.now());
  }

  async amend(changes: Partial<DecisionDraft>, actor: Actor): Promise<RoomReply> {
    return this.#change(
      (decision) => amendDraft(decision, changes, limits),
      () => actNotes.decisionAmended(changes),
      actor,
    );
  }

  async open(actor: Actor): Promise<RoomReply> {
    const reply = await this.#change(
      (decision) =>
        openDecision(decision, Date.now(), (manifest) => sha256Hex(manifestText(manifest))),
      actNotes.decisionOpened,
      actor,
    );
    // A vote sent right after this answer must find its shard open.
    if (reply.kind === "done" && !this.#lifecycle.areShardsOpened) return { kind: "unavailable" };
    return reply;
  }

  async close(actor: Actor): Promise<RoomReply> {
    const reply = await this.#change(closeDecision, actNotes.decisionClosed, actor);
    const isClosing = reply.kind === "done" && reply.decision.status === "closing";
    return isClosing ? { kind: "unavailable" } : reply;
  }

  async cancel(actor: Actor): Promise<RoomReply> {
    return this.#change(cancelDecision, actNotes.decisionCancelled, actor);
  }

  /** Begins an import of the roll: its number, and what its rows are judged by. */
  beginRoll(): BeginRollReply {
    const decision = this.read();
    return decision === null ? { kind: "not_found" } : this.#rolls.begin(decision, Date.now());
  }

  noteRoll(number: number, seen: Pick<RollProgress, "rows" | "refused" | "bytes">): void {
    this.#rolls.note(number, seen, Date.now());
  }

  endRoll(number: number): void {
    this.#rolls.end(number);
  }

  /** Puts an import in force once every shard has sealed its part. */
  async adoptRoll(number: number, parts: readonly ShardRoll[], actor: Actor): Promise<RoomReply> {
    return this.#change(
      (decision) => this.#rolls.adopt(decision, number, parts),
      actNotes.rollImported,
      actor,
    );
  }

  rollProgress(): RollProgress | null {
    return this.#rolls.progress;
  }

  /** What the edge needs to take votes for this decision; null until it is opened. */
  votingContext(): VotingContext | null {
    const manifest = this.#store.decision?.manifest ?? null;
    return manifest === null ? null : { manifest, decisionKey: this.#store.decisionKey };
  }

  /** The key of this decision's pseudonyms; null where there is no decision. */
  decisionKey(): Uint8Array | null {
    return this.#store.decision === null ? null : this.#store.decisionKey;
  }

  /** The same, to issue tokens with: no voter's token is signed before it is recorded how many were. */
  issueTokens(issue: TokenIssue, actor: Actor): Uint8Array | null {
    if (this.#store.decision === null) return null;
    this.ctx.storage.transactionSync(() =>
      this.#acts.append(actNotes.tokensIssued(issue), actor, Date.now()),
    );
    return this.#store.decisionKey;
  }

  /** What was done to this decision, from after `seq` on, and where the log ends. */
  readActs(seq: number, max: number): { acts: Act[]; head: ActHead } {
    return this.#acts.readAfter(seq, max);
  }

  /** A shard tells what it has accepted. */
  async report(snapshot: ShardSnapshot): Promise<void> {
    const { decision } = this.#store;
    if (decision === null) return;
    // Also where a reader's question has told the room before: neither watchers nor lists have heard of it yet.
    this.#results.mergeReport(snapshot);
    this.#broadcastSoon();
    if (decision.draft.regions.length > 0 && isListedByRegion(decision))
      this.#projectAt ??= Date.now() + limits.projectionDelayMs;
    if (decision.draft.isEarlyFinish) this.#judgeAt ??= Date.now() + limits.earlyFinishDelayMs;
    const at = earliest([this.#projectAt, this.#judgeAt]);
    if (at === null || this.#reportedAlarmAt === at) return;
    this.#reportedAlarmAt = at;
    const set = await this.ctx.storage.getAlarm();
    if (set === null || set > at) await this.ctx.storage.setAlarm(at);
  }

  /** What may be shown of the merged tally, at most a second old; null while a shard has never answered. */
  async result(): Promise<ShownResult | null> {
    return this.#results.freshShown();
  }

  /** The merged tally with every region by itself, for audits; null also while less than the counts may be shown. */
  async disclosedResult(): Promise<DecisionResult | null> {
    const decision = this.read();
    if (decision === null || discloseCounts(decision) === null) return null;
    return this.#results.fresh();
  }

  /** What the rule says, now or for ever; null where there is no decision. */
  async outcome(): Promise<OutcomeReply | null> {
    const decision = this.read();
    return decision === null ? null : this.#outcome.read(decision);
  }

  /** Sends all ballots and this decision's own rows to the database again. */
  async rebuild(actor: Actor): Promise<void> {
    const { decision } = this.#store;
    if (decision === null) return;
    this.ctx.storage.transactionSync(() => {
      this.#store.keepMark("projected", -1);
      this.#store.keepMark("results_projected", -1);
      this.#acts.append(actNotes.decisionRebuilt(), actor, Date.now());
    });
    if (decision.manifest !== null) await this.#shards.republish(decision.manifest);
    await this.#settle();
  }

  /** Live results: `/socket` or `/stream`, with `since` as the version that the watcher knows. */
  override async fetch(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const result = await this.#results.freshShown();
    if (result === null) return new Response(null, { status: 503 });
    if (!hasPlace(this.#watchers)) return new Response(null, { status: 429 });
    const since = url.searchParams.has("since") ? Number(url.searchParams.get("since")) : null;
    return url.pathname === "/socket"
      ? this.#watchers.acceptSocket(result, since)
      : this.#watchers.acceptStream(result, since);
  }

  /** Watchers only listen; the platform answers their pings. */
  override webSocketMessage(): void {}

  override webSocketClose(socket: WebSocket, code: number): void {
    // 1005 and 1006 stand for a close without a code and can't be sent (RFC 6455, 7.4.1).
    socket.close(code === 1005 || code === 1006 ? 1000 : code);
  }

  /** The clock of the decision's life, and of the lists that follow it. Nothing in it throws, and the next alarm is its last act. */
  override async alarm(): Promise<void> {
    const isProjectionDue = this.#projectAt === null || this.#projectAt <= Date.now();
    this.#judgeAt = null;
    this.#reportedAlarmAt = null;
    if (isProjectionDue) {
      this.#projectAt = null;
      await this.#lifecycle.projectLiveResults();
    }
    await this.#settle();
  }

  /** Makes a change that somebody asked for. Who asked, and for what, is recorded in the transaction of the change; what changes nothing is no act. */
  async #change(
    transition: (decision: Decision) => Transition,
    noteOf: (changed: Decision) => ActNote,
    actor: Actor,
  ): Promise<RoomReply> {
    const decision = this.read();
    if (decision === null) return { kind: "not_found" };
    const changed = transition(decision);
    if ("refused" in changed) {
      const { refused: code, faults } = changed;
      return { kind: "refused", code, ...(faults !== undefined && { faults }) };
    }
    // What the clock alone has done to the decision is kept by itself: it is nobody's act.
    this.#store.keepDecision(decision);
    this.#store.keepDecision(changed.decision, () =>
      this.#acts.append(noteOf(changed.decision), actor, Date.now()),
    );
    await this.#settle();
    return { kind: "done", decision: this.#store.decision ?? changed.decision };
  }

  /** Carries out what the record asks for, tells the watchers and the cache, and sets the next alarm. */
  async #settle(): Promise<void> {
    const next = await this.#lifecycle.reconcile();
    this.#broadcastSoon();
    const { decision } = this.#store;
    await this.#finalWord.say(decision === null ? null : this.#results.shown(decision, Date.now()));
    await this.#wakeAt(next);
  }

  async #wakeAt(lifecycleMoment: number | null): Promise<void> {
    const { decision } = this.#store;
    const isPending = this.#projectAt !== null;
    // The final results are projected with the close: a wake-up for the live ones would find nothing left to do.
    if (decision !== null && isSettled(decision.status)) this.#projectAt = null;
    if (isPending && this.#projectAt === null && lifecycleMoment === null) {
      await this.ctx.storage.deleteAlarm();
      return;
    }
    const at = earliest([lifecycleMoment, this.#projectAt, this.#judgeAt]);
    if (at !== null) await this.ctx.storage.setAlarm(at);
  }

  /** At most four times a second, however many shards report. */
  #broadcastSoon(): void {
    if (this.#broadcastTimer !== null) return;
    this.#broadcastTimer = setTimeout(() => {
      this.#broadcastTimer = null;
      void this.#broadcast();
    }, limits.broadcastDelayMs);
  }

  async #broadcast(): Promise<void> {
    const { decision } = this.#store;
    if (decision === null) return;
    // Without a watcher nobody waits for fresh figures; what is known is kept for whoever comes back.
    const isWatched = this.#watchers.count > 0;
    const result = isWatched
      ? await this.#results.freshShown()
      : this.#results.shown(decision, Date.now());
    if (result !== null) this.#watchers.broadcast(result);
  }
}

function earliest(moments: readonly (number | null)[]): number | null {
  const known = moments.filter((moment) => moment !== null);
  return known.length === 0 ? null : Math.min(...known);
}
