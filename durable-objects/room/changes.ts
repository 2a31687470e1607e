import type { ActNote, Actor } from "../../src/acts/act.ts";
import * as actNotes from "../../src/acts/act-notes.ts";
import { sha256Hex } from "../../src/auth/digest.ts";
import type { Decision, DecisionDraft } from "../../src/decision/decision.ts";
import {
  amendDraft,
  cancelDecision,
  closeDecision,
  openDecision,
  passTime,
  type Transition,
} from "../../src/decision/lifecycle.ts";
import { canonicalJson, manifestText } from "../../src/decision/manifest.ts";
import type { CreateReply, RoomReply, TokenIssue } from "../../src/http/deps.ts";
import { limits } from "../../src/limits.ts";
import type { ActLog } from "../act-log.ts";
import type { RoomStore } from "./store.ts";

/** What a recorded change needs from the rest of the room: the world is to follow it, now that it is kept. */
export type AfterChange = () => Promise<void>;

/**
 * The changes of a decision that somebody asks for. Who asked, and for what, is recorded in the transaction of the change; what changes nothing
 * is no act.
 */
export class RoomChanges {
  readonly #store: RoomStore;
  readonly #acts: ActLog;
  readonly #settle: AfterChange;

  constructor(store: RoomStore, acts: ActLog, settle: AfterChange) {
    this.#store = store;
    this.#acts = acts;
    this.#settle = settle;
  }

  /** Creates the decision. The same draft again finds it as it stands; another one under its id is refused. */
  async create(
    draft: DecisionDraft,
    actor: Actor,
    register: () => Promise<void>,
  ): Promise<CreateReply> {
    const { decision } = this.#store;
    if (decision !== null) {
      const isSame =
        decision.owner === actor.owner && canonicalJson(decision.draft) === canonicalJson(draft);
      return isSame ? { kind: "found", decision } : { kind: "taken" };
    }
    // Known to the registry before it exists: after a crash in between a rebuild finds nobody there, which does no harm.
    await register();
    if (this.#store.decision !== null) return this.create(draft, actor, register);
    const created = newDecision(draft, actor, Date.now());
    this.#store.create(created, crypto.getRandomValues(new Uint8Array(32)), () =>
      this.#acts.append(actNotes.decisionCreated(created), actor, Date.now()),
    );
    await this.#settle();
    return { kind: "created", decision: created };
  }

  amend(changes: Partial<DecisionDraft>, actor: Actor): Promise<RoomReply> {
    return this.make(
      (decision) => amendDraft(decision, changes, limits),
      () => actNotes.decisionAmended(changes),
      actor,
    );
  }

  open(actor: Actor): Promise<RoomReply> {
    return this.make(
      (decision) =>
        openDecision(decision, Date.now(), (manifest) => sha256Hex(manifestText(manifest))),
      actNotes.decisionOpened,
      actor,
    );
  }

  async close(actor: Actor): Promise<RoomReply> {
    const reply = await this.make(closeDecision, actNotes.decisionClosed, actor);
    const isClosing = reply.kind === "done" && reply.decision.status === "closing";
    return isClosing ? { kind: "unavailable" } : reply;
  }

  cancel(actor: Actor): Promise<RoomReply> {
    return this.make(cancelDecision, actNotes.decisionCancelled, actor);
  }

  /** Makes a change of the decision as it stands now, records it, and lets the world follow. */
  async make(
    transition: (decision: Decision) => Transition,
    noteOf: (changed: Decision) => ActNote,
    actor: Actor,
  ): Promise<RoomReply> {
    const { decision: kept } = this.#store;
    if (kept === null) return { kind: "not_found" };
    const decision = passTime(kept, Date.now());
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

  /** The key of the decision's pseudonyms, to issue tokens with: no voter's token is signed before it is recorded how many were. */
  issueTokens(issue: TokenIssue, actor: Actor): Uint8Array | null {
    if (this.#store.decision === null) return null;
    this.#store.inOne(() => this.#acts.append(actNotes.tokensIssued(issue), actor, Date.now()));
    return this.#store.decisionKey;
  }

  /** Records that the decision's part of the database is made anew, and does `alongside` in the same transaction. */
  rebuild(alongside: () => void, actor: Actor): void {
    this.#store.inOne(() => {
      alongside();
      this.#acts.append(actNotes.decisionRebuilt(), actor, Date.now());
    });
  }
}

function newDecision(draft: DecisionDraft, { owner }: Actor, createdAt: number): Decision {
  return {
    draft,
    owner,
    status: "draft",
    createdAt,
    roll: null,
    quorumWatch: null,
    extendedTo: null,
    manifest: null,
    manifestHash: null,
  };
}
