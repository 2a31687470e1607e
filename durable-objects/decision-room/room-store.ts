import type { Decision } from "../../src/decision/decision.ts";
import { isSettled } from "../../src/decision/lifecycle.ts";
import { invariant } from "../../src/shared/invariant.ts";
import { limits } from "../../src/shared/limits.ts";
import { withoutVersion, withVersion, type Versioned } from "../../src/shared/versioned.ts";
import type { ShownVersion } from "../../src/results/shown-result.ts";
import type { ShardSnapshot } from "../../src/results/shard-snapshot.ts";

/** The decision as it is kept, with its revision: one value is one row written. */
type KeptDecision = { decision: Decision; revision: number };

type Seals = ReadonlyMap<number, ShardSnapshot>;

/** The final outcome's version, and in how many pieces its text is kept. */
type KeptOutcome = { version: ShownVersion; pieces: number };

const decisionForm = { name: "a room's decision", version: 1 };
const sealsForm = { name: "a room's seals", version: 1 };
const outcomeForm = { name: "a room's outcome", version: 1 };

/**
 * What a room keeps: a handful of values in the object's key-value storage. Reading an object that
 * nobody created writes nothing.
 */
export class RoomStore {
  readonly #storage: DurableObjectStorage;
  readonly #kv: SyncKvStorage;
  #decision: Decision | null;
  #seals: Seals;
  #revision: number;
  /** Marks that are not stored yet. */
  readonly #deferredMarks = new Map<RoomMark, number>();

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#kv = storage.kv;
    const decision = this.#kv.get<Versioned<KeptDecision>>("decision");
    const seals = this.#kv.get<Versioned<Seals>>("seals");
    const kept = decision === undefined ? null : withoutVersion(decisionForm, decision);
    this.#decision = kept?.decision ?? null;
    this.#revision = kept?.revision ?? 0;
    this.#seals = seals === undefined ? new Map() : withoutVersion(sealsForm, seals);
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

  /** The key of the decision's pseudonyms, kept here alone: without it a voter_id gives no pid. */
  get decisionKey(): Uint8Array {
    const key = this.#kv.get<Uint8Array>("decision_key");
    invariant(key !== undefined, "a decision has a key from its creation on");
    return key;
  }

  create(decision: Decision, decisionKey: Uint8Array, record: () => void): void {
    invariant(this.#decision === null, "a decision is created once");
    this.keepDecision(decision, () => {
      this.#kv.put("decision_key", decisionKey);
      record();
    });
  }

  /**
   * Keeps the decision and what `alongside` writes in one transaction; memory follows only after it
   * has succeeded.
   */
  keepDecision(decision: Decision, alongside: () => void = () => {}): void {
    if (decision === this.#decision) return;
    const revision = this.#revision + 1;
    this.#storage.transactionSync(() => {
      this.#kv.put("decision", withVersion(decisionForm, { decision, revision }));
      for (const [name, value] of this.#deferredMarks) this.#kv.put(name, value);
      alongside();
    });
    this.#decision = decision;
    this.#revision = revision;
    this.#deferredMarks.clear();
  }

  /** Resolves once everything that was written is on disk. */
  whenDurable(): Promise<void> {
    return this.#storage.sync();
  }

  /** Does several writes in one transaction. */
  inTransaction(writes: () => void): void {
    this.#storage.transactionSync(writes);
  }

  keepSeals(seals: readonly ShardSnapshot[]): void {
    if (seals.length === 0) return;
    this.#seals = new Map([...this.#seals, ...seals.map((seal) => [seal.shard, seal] as const)]);
    this.#kv.put("seals", withVersion(sealsForm, this.#seals));
  }

  /** The final outcome's JSON text and the version it was computed from; null until the close. */
  get outcome(): { version: ShownVersion; text: string } | null {
    const kept = this.#kv.get<Versioned<KeptOutcome>>("outcome");
    if (kept === undefined) return null;
    const { version, pieces } = withoutVersion(outcomeForm, kept);
    const texts = Array.from(
      { length: pieces },
      (_, piece) => this.#kv.get<string>(`outcome/${piece}`) ?? "",
    );
    return { version, text: texts.join("") };
  }

  keepOutcome({ version, text }: { version: ShownVersion; text: string }): void {
    const size = limits.outcomePieceCharacters;
    const pieces = Math.ceil(text.length / size);
    for (let piece = 0; piece < pieces; piece += 1) {
      this.#kv.put(`outcome/${piece}`, text.slice(piece * size, (piece + 1) * size));
    }
    this.#kv.put("outcome", withVersion(outcomeForm, { version, pieces }));
  }

  /** Marks of work done outside the room: what it was done for. */
  mark(name: RoomMark): number {
    return this.#deferredMarks.get(name) ?? this.#kv.get<number>(name) ?? -1;
  }

  keepMark(name: RoomMark, value: number): void {
    this.#deferredMarks.delete(name);
    this.#kv.put(name, value);
  }

  /** Stores a mark with the decision's next change. A crash before it has the work done again. */
  deferMark(name: RoomMark, value: number): void {
    this.#deferredMarks.set(name, value);
  }
}

/** The marks of a room; -1 until they are set. */
export type RoomMark =
  /** 1 once every shard has its terms. */
  | "shards_opened"
  /** 1 once every shard knows of its longer window. */
  | "shards_extended"
  /** How many imports of the roll there were. */
  | "rolls_begun"
  /** The most shards with objects of their own that one import went to. */
  | "roll_shards"
  /** 1 once an import went to the room's own shard. */
  | "roll_in_room"
  /** 1 once the shards without use for a roll have dropped theirs. */
  | "rolls_dropped"
  /** The version that the database has of the regional results. */
  | "results_projected";
