import type { AuditNote, Actor } from "../../src/audit-log/audit-entry.ts";
import * as auditNotes from "../../src/audit-log/audit-notes.ts";
import { sha256Hex } from "../../src/auth/digest.ts";
import type { VoterKey } from "../../src/decision/decision-keys.ts";
import type { Decision, DecisionDraft } from "../../src/decision/decision.ts";
import {
  amendDraft,
  cancelDecision,
  closeDecision,
  drawMap,
  isOpenOrScheduled,
  isSettled,
  openDecision,
  passTime,
  refusePassedEnd,
  type LifecycleRefusal,
  type Transition,
} from "../../src/decision/lifecycle.ts";
import { draftContent } from "../../src/decision/draft-content.ts";
import { manifestText } from "../../src/decision/manifest.ts";
import { canonicalJson } from "../../src/shared/canonical-json.ts";
import { isForgotten } from "../../src/decision/forgetting.ts";
import { isPublished } from "../../src/decision/readers.ts";
import type {
  Amendment,
  CreateReply,
  DeletionReply,
  ExpectedDrafts,
  OpeningAcknowledgement,
  RoomReply,
} from "../../src/ports/decisions.ts";
import { findUnacceptedRows } from "../../src/decision/refused-rows.ts";
import { findSmallGroups } from "../../src/decision/placement.ts";
import { findSmallRollCells } from "../../src/decision/small-roll-cells.ts";
import { invariant } from "../../src/shared/invariant.ts";
import { limits } from "../../src/shared/limits.ts";
import { utf8Bytes } from "../../src/shared/utf8-bytes.ts";
import type { AuditLog } from "../shared/audit-log.ts";
import type { DecisionKeyStore } from "./decision-key-store.ts";
import { makeDecisionKeys, makeVoterKey } from "./make-keys.ts";
import type { RegionMapStore } from "./region-map-store.ts";
import type { RoomStore } from "./room-store.ts";

/** A request to create a decision; `register` makes its id known before it exists. */
export interface Creation {
  draft: DecisionDraft;
  actor: Actor;
  isOpened: boolean;
  register: () => Promise<void>;
}

/** What a change writes; `onChange` runs after it has been stored. */
export interface DecisionChangesDependencies {
  store: RoomStore;
  keyStore: DecisionKeyStore;
  mapStore: RegionMapStore;
  auditLog: AuditLog;
  onChange: () => Promise<void>;
}

/**
 * The changes of a decision that somebody asks for. Who asked, and for what, is recorded in the
 * transaction of the change; what changes nothing is not recorded.
 */
export class DecisionChanges {
  readonly #store: RoomStore;
  readonly #keyStore: DecisionKeyStore;
  readonly #mapStore: RegionMapStore;
  readonly #auditLog: AuditLog;
  readonly #onChange: () => Promise<void>;

  constructor({ store, keyStore, mapStore, auditLog, onChange }: DecisionChangesDependencies) {
    this.#store = store;
    this.#keyStore = keyStore;
    this.#mapStore = mapStore;
    this.#auditLog = auditLog;
    this.#onChange = onChange;
  }

  /**
   * Creates the decision, opened where that is asked: both in one transaction, or neither. The same
   * draft again finds it as it stands, and opens it where that has not been done; another draft
   * under its id is refused.
   */
  async create({ draft, actor, isOpened, register }: Creation): Promise<CreateReply> {
    if (this.#store.isDeleted) return { kind: "taken" };
    if (this.#store.decision !== null) return this.#find(draft, actor, isOpened);
    const now = Date.now();
    const passed = refusePassedEnd(draft, now);
    if (passed !== null) return refusedReply(passed);
    const created = newDecision(draft, actor, now);
    const opened = isOpened ? openNow(created) : { decision: created };
    if ("refused" in opened) return refusedReply(opened);
    // Before it exists: after a crash in between a rebuild finds no decision there, and goes on.
    await register();
    if (this.#store.decision !== null) return this.#find(draft, actor, isOpened);
    this.#store.create(opened.decision, () => {
      this.#keyStore.keep(makeDecisionKeys());
      this.#record(auditNotes.decisionCreated(created), actor);
      if (isOpened) this.#record(auditNotes.decisionOpened(opened.decision), actor);
    });
    await this.#onChange();
    return { kind: "created", decision: this.#store.decision ?? opened.decision };
  }

  async #find(draft: DecisionDraft, actor: Actor, isOpened: boolean): Promise<CreateReply> {
    invariant(this.#store.decision !== null, "what is found is there");
    const decision = passTime(this.#store.decision, Date.now());
    const isSame =
      decision.owner === actor.owner && canonicalJson(decision.draft) === canonicalJson(draft);
    if (!isSame) return { kind: "taken" };
    // Also where it is open: a caller that got no answer does not know whether its shards are.
    const isToOpen = isOpened && (decision.status === "draft" || isOpenOrScheduled(decision));
    if (!isToOpen) return { kind: "found", decision };
    const reply = await this.open(actor);
    invariant(reply.kind !== "not_found", "what is found is there");
    return reply.kind === "done" ? { kind: "found", decision: reply.decision } : reply;
  }

  amend({ changes, expected }: Amendment, actor: Actor): Promise<RoomReply> {
    const amend = (decision: Decision) =>
      amendDraft(decision, changes, { now: Date.now(), bounds: limits });
    return this.apply(expecting(expected, amend), () => auditNotes.decisionAmended(changes), actor);
  }

  /** Puts a map of the regions, as its JSON text, in a draft; null takes it away. */
  drawMap(text: string | null, actor: Actor): Promise<RoomReply> {
    const map = text === null ? null : { hash: sha256Hex(text), bytes: utf8Bytes(text) };
    return this.apply(
      (decision) => drawMap(decision, map),
      auditNotes.mapDrawn,
      actor,
      () => this.#mapStore.keep(text),
    );
  }

  open(actor: Actor, acknowledged = nothingAcknowledged): Promise<RoomReply> {
    const open = (decision: Decision) => openAcknowledged(decision, acknowledged);
    const transition = expecting(acknowledged.expected, open);
    return this.apply(transition, auditNotes.decisionOpened, actor, () => this.#renewOpenKey());
  }

  /** What was learnt of pids while it was a draft says nothing of its votes. */
  #renewOpenKey(): void {
    if (this.#store.decision?.draft.electorate !== "open") return;
    const { keys } = this.#keyStore;
    this.#keyStore.keep({ ...keys, ...makeVoterKey(keys.generation + 1) });
  }

  async close(actor: Actor): Promise<RoomReply> {
    const reply = await this.apply(closeDecision, auditNotes.decisionClosed, actor);
    const isClosing = reply.kind === "done" && reply.decision.status === "closing";
    return isClosing ? { kind: "unavailable" } : reply;
  }

  cancel(actor: Actor, expected: ExpectedDrafts): Promise<RoomReply> {
    const transition = expecting(expected, cancelDecision);
    return this.apply(transition, auditNotes.decisionCancelled, actor);
  }

  /**
   * Deletes a cancelled draft, once its shards and the database have forgotten it. That it was
   * asked for is recorded before: the alarm goes on where a part does not answer now.
   */
  async delete(actor: Actor, expected: ExpectedDrafts): Promise<DeletionReply> {
    const { decision } = this.#store;
    if (decision === null) return "not_found";
    if (decision.status !== "cancelled" || isPublished(decision)) return "not_deletable";
    if (!isExpected(decision, expected)) return "changed";
    if (!this.#store.isDeletionAsked) {
      this.#store.inTransaction(() => {
        this.#store.marks.keep("deletion_asked", 1);
        this.#record(auditNotes.decisionDeleted(), actor);
      });
    }
    await this.#onChange();
    return this.#store.decision === null ? "deleted" : "unavailable";
  }

  /**
   * Applies a transition to the decision as it stands now, records it with what `alongside` writes,
   * and runs what follows.
   */
  async apply(
    transition: (decision: Decision) => Transition,
    noteOf: (changed: Decision) => AuditNote,
    actor: Actor,
    alongside: () => void = () => {},
  ): Promise<RoomReply> {
    const { decision: kept } = this.#store;
    if (kept === null) return { kind: "not_found" };
    const decision = passTime(kept, Date.now());
    const changed = transition(decision);
    if ("refused" in changed) return refusedReply(changed);
    // What time alone has changed is stored by itself: nobody asked for it.
    this.#store.keepDecision(decision);
    this.#store.keepDecision(changed.decision, () => {
      this.#record(noteOf(changed.decision), actor);
      alongside();
    });
    await this.#onChange();
    return { kind: "done", decision: this.#store.decision ?? changed.decision };
  }

  /**
   * The key of the decision's pseudonyms, to tell who of so many voters has voted; how many is
   * recorded before.
   */
  markRoll(voters: number, actor: Actor): VoterKey | "not_over" | "forgotten" | null {
    const { decision } = this.#store;
    if (decision === null) return null;
    if (!isSettled(decision.status)) return "not_over";
    if (isForgotten(decision, Date.now())) return "forgotten";
    this.#store.inTransaction(() => this.#record(auditNotes.rollMarked(voters), actor));
    return this.#keyStore.keys;
  }

  /** Records publicly what becomes of a station's key; one is issued between opening and close. */
  noteStationKey(
    change: auditNotes.StationKeyChange,
    actor: Actor,
  ): "noted" | "not_opened" | "ended" | null {
    const { decision } = this.#store;
    if (decision === null) return null;
    if (decision.manifest === null) return "not_opened";
    const isTaking = isOpenOrScheduled(passTime(decision, Date.now()));
    if (change.act === "issue" && !isTaking) return "ended";
    this.#store.inTransaction(() => this.#record(auditNotes.stationKeyNoted(change), actor));
    return "noted";
  }

  recordRecovery(recovery: auditNotes.RecoveredShard, actor: Actor): void {
    this.#store.inTransaction(() => this.#record(auditNotes.shardRecovered(recovery), actor));
  }

  /** Appends an entry, in the transaction of what was done. */
  #record(note: AuditNote, actor: Actor): void {
    const { seq } = this.#auditLog.append(note, actor, Date.now());
    if (note.action === "decision.opened") this.#store.marks.keep("opened_entry", seq);
  }

  /** Records that the database is rebuilt, and does `alongside` in the same transaction. */
  rebuild(alongside: () => void, actor: Actor): void {
    this.#store.inTransaction(() => {
      alongside();
      this.#record(auditNotes.decisionRebuilt(), actor);
    });
  }
}

const nothingAcknowledged: OpeningAcknowledgement = {
  expected: null,
  hasSmallCells: false,
  hasSmallGroups: false,
  refusedRows: 0,
};

/**
 * The transition, refused where the decision is no longer what the caller has read. What was done
 * already is done, since a caller that got no answer asks again; and what can't be done at all is
 * told first.
 */
function expecting(
  expected: ExpectedDrafts,
  transition: (decision: Decision) => Transition,
): (decision: Decision) => Transition {
  return (decision) => {
    const changed = transition(decision);
    if (isExpected(decision, expected)) return changed;
    const isOver = "refused" in changed && refusedByStatus.has(changed.refused);
    const isDone = "decision" in changed && changed.decision === decision;
    return isOver || isDone ? changed : { refused: "decision.changed" };
  };
}

const refusedByStatus: ReadonlySet<LifecycleRefusal> = new Set([
  "decision.not_draft",
  "decision.already_ended",
]);

function isExpected(decision: Decision, expected: ExpectedDrafts): boolean {
  if (expected === null) return true;
  return !isPublished(decision) && expected.includes(sha256Hex(draftContent(decision)));
}

/**
 * Refused where rows of the roll's file were refused, fewer on it share region and weight than are
 * shown together, or a group of its regions has few voters a shard, unless that is known.
 */
function openAcknowledged(
  decision: Decision,
  { hasSmallCells, hasSmallGroups, refusedRows }: OpeningAcknowledgement,
): Transition {
  const opened = openNow(decision);
  if ("refused" in opened || decision.status !== "draft") return opened;
  const unaccepted = findUnacceptedRows(decision, refusedRows);
  if (unaccepted.length > 0) return { refused: "roll.refused_rows", faults: unaccepted };
  const cells = hasSmallCells ? [] : findSmallRollCells(decision);
  if (cells.length > 0) return { refused: "roll.small_cells", faults: cells };
  const groups = hasSmallGroups ? [] : findSmallGroups(decision);
  return groups.length === 0 ? opened : { refused: "roll.small_groups", faults: groups };
}

function openNow(decision: Decision): Transition {
  return openDecision(decision, Date.now(), (manifest) => sha256Hex(manifestText(manifest)));
}

function refusedReply({ refused: code, faults }: Extract<Transition, { refused: unknown }>) {
  return { kind: "refused", code, ...(faults !== undefined && { faults }) } as const;
}

function newDecision(draft: DecisionDraft, { owner }: Actor, createdAt: number): Decision {
  return {
    draft,
    owner,
    status: "draft",
    createdAt,
    roll: null,
    map: null,
    isExtensionDecided: false,
    extendedTo: null,
    extensionMoves: 0,
    isExtensionTold: false,
    closedAt: null,
    certifiedAt: null,
    forgottenAt: null,
    manifest: null,
    manifestHash: null,
  };
}
