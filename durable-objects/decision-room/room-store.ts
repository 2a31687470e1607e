import type { Decision } from "../../src/decision/decision.ts";
import { isSettled } from "../../src/decision/lifecycle.ts";
import type { ShardSnapshot } from "../../src/results/shard-snapshot.ts";
import { invariant } from "../../src/shared/invariant.ts";
import { withoutVersion, withVersion, type Versioned } from "../../src/shared/versioned.ts";
import { RoomMarks } from "./room-marks.ts";
import { putPieces, readPieces } from "./text-pieces.ts";

/** What of a decision grows with its rule, regions and shards, and seldom changes. */
const textNames = ["draft", "roll", "manifest"] as const;
type TextName = (typeof textNames)[number];

/**
 * The decision as it is kept, with its revision: one value is one row written. Its texts have values
 * of their own, written when they change; here is in how many pieces.
 */
type KeptDecision = {
  decision: Omit<Decision, TextName>;
  revision: number;
  pieces: TextPieces;
};
type TextPieces = Readonly<Record<TextName, number>>;

type Seals = ReadonlyMap<number, ShardSnapshot>;

const decisionForm = { name: "a room's decision", version: 1 };
const sealForm = { name: "a room's seal", version: 1 };

/** What stays of a deleted decision, by the names that its parts give. */
const keptForGood = new Set(["audit_log_head", "schema", "rolls", "rolls_ended"]);

const nothingKept: TextPieces = { draft: 0, roll: 0, manifest: 0 };

/**
 * The record of a room: its decision, its shards' seals and its marks, in the object's key-value
 * storage. Reading an object that nobody created writes nothing. Memory follows a write, so what
 * could not be written is not known here either.
 */
export class RoomStore {
  /** What was done; those that are deferred are stored with the decision. */
  readonly marks: RoomMarks;
  readonly #storage: DurableObjectStorage;
  readonly #kv: SyncKvStorage;
  #decision: Decision | null = null;
  #pieces = nothingKept;
  #revision = 0;
  #seals: Seals;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#kv = storage.kv;
    this.marks = new RoomMarks(storage);
    const kept = this.#kv.get<Versioned<KeptDecision>>("decision");
    if (kept !== undefined) this.#load(withoutVersion(decisionForm, kept));
    const seals = this.#kv.list<Versioned<ShardSnapshot>>({ prefix: sealPrefix });
    this.#seals = new Map(
      [...seals].map(([, stored]) => {
        const seal = withoutVersion(sealForm, stored);
        return [seal.shard, seal];
      }),
    );
  }

  get decision(): Decision | null {
    return this.#decision;
  }

  /** Whether the decision has ended, with a result or without one. */
  get hasEnded(): boolean {
    const status = this.#decision?.status ?? "draft";
    return isSettled(status) || status === "cancelled";
  }

  /** Final snapshots by shard. */
  get seals(): Seals {
    return this.#seals;
  }

  /** Counts the changes of the decision, so that an older projection never overwrites a newer. */
  get revision(): number {
    return this.#revision;
  }

  create(decision: Decision, alongside: () => void): void {
    invariant(this.#decision === null, "a decision is created once");
    this.keepDecision(decision, alongside);
  }

  /**
   * Keeps the decision and what `alongside` writes in one transaction; memory follows only after it
   * has succeeded.
   */
  keepDecision(decision: Decision, alongside: () => void = () => {}): void {
    if (decision === this.#decision) return;
    const shards = decision.manifest?.shardMap.length ?? 0;
    const isSealed = this.#seals.size === shards;
    invariant(isSealed || !isSettled(decision.status), "what is closed has its shards' seals");
    const revision = this.#revision + 1;
    const pieces = this.#storage.transactionSync(() => {
      const written = this.#putTexts(decision);
      const { draft: _draft, roll: _roll, manifest: _manifest, ...rest } = decision;
      const kept: KeptDecision = { decision: rest, revision, pieces: written };
      this.#kv.put("decision", withVersion(decisionForm, kept));
      this.marks.putDeferred();
      alongside();
      return written;
    });
    this.#decision = decision;
    this.#pieces = pieces;
    this.#revision = revision;
    this.marks.clearDeferred();
  }

  /** Whether a deletion was asked for and is not carried out yet. */
  get isDeletionAsked(): boolean {
    return this.marks.get("deletion_asked") === 1;
  }

  /** Whether a decision was here that is deleted. */
  get isDeleted(): boolean {
    return this.marks.get("deleted") === 1;
  }

  /**
   * Forgets all but the audit log, that no import is taken here any more, and that there was a
   * decision: tokens of its id may be about, which must be good for no other.
   */
  forget(): void {
    this.#storage.transactionSync(() => {
      const names = [...this.#kv.list()].map(([name]) => name);
      for (const name of names) if (!keptForGood.has(name)) this.#kv.delete(name);
      this.#kv.put("deleted", 1);
    });
    this.#decision = null;
    this.#pieces = nothingKept;
    this.marks.clearDeferred();
  }

  /** Resolves once everything that was written is on disk. */
  whenDurable(): Promise<void> {
    return this.#storage.sync();
  }

  /** Does several writes in one transaction. */
  inTransaction(writes: () => void): void {
    this.#storage.transactionSync(writes);
  }

  /** Keeps these seals, each in a value of its own: 1,000 regions are some 260 kB. */
  keepSeals(seals: readonly ShardSnapshot[]): void {
    for (const seal of seals) {
      this.#kv.put(`${sealPrefix}${seal.shard}`, withVersion(sealForm, seal));
      this.#seals = new Map([...this.#seals, [seal.shard, seal]]);
    }
  }

  #load({ decision, revision, pieces }: KeptDecision): void {
    const read = (name: TextName): unknown =>
      pieces[name] === 0 ? null : JSON.parse(readPieces(this.#kv, name, pieces[name]));
    // Written by `#putTexts` and by nothing else.
    const texts = Object.fromEntries(textNames.map((name) => [name, read(name)])) as Pick<
      Decision,
      TextName
    >;
    this.#decision = { ...decision, ...texts };
    this.#revision = revision;
    this.#pieces = pieces;
  }

  /** Writes the texts that have changed, and gives in how many pieces each of them is kept. */
  #putTexts(decision: Decision): TextPieces {
    const pieces = { ...this.#pieces };
    for (const name of textNames) {
      const value = decision[name];
      if (value === (this.#decision?.[name] ?? null)) continue;
      const text = value === null ? "" : JSON.stringify(value);
      pieces[name] = putPieces(this.#kv, { name, text, piecesBefore: pieces[name] });
    }
    return pieces;
  }
}

const sealPrefix = "seal/";
