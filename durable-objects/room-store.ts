import type { Decision } from "../src/decision/decision.ts";
import { invariant } from "../src/invariant.ts";
import type { ShardSnapshot } from "../src/results/shard-snapshot.ts";

/** What a room keeps: a handful of values, so the object's key-value storage is enough. Reading an object that nobody created writes nothing. */
export class RoomStore {
  readonly #storage: DurableObjectStorage;
  readonly #kv: SyncKvStorage;
  #decision: Decision | null;
  #seals: ReadonlyMap<number, ShardSnapshot>;
  #revision: number;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#kv = storage.kv;
    const decision = this.#kv.get<Decision>("decision");
    this.#decision = decision === undefined ? null : withElectorate(decision);
    this.#seals = this.#kv.get<ReadonlyMap<number, ShardSnapshot>>("seals") ?? new Map();
    this.#revision = this.#kv.get<number>("revision") ?? 0;
  }

  get decision(): Decision | null {
    return this.#decision;
  }

  /** Final snapshots by shard. */
  get seals(): ReadonlyMap<number, ShardSnapshot> {
    return this.#seals;
  }

  /** Counts the changes of the decision, so that an older projection never overwrites a newer. */
  get revision(): number {
    return this.#revision;
  }

  /** The key of the decision's pseudonyms. It lives here alone: once destroyed, no pid can be traced to a voter again. */
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

  /** Keeps the decision and what `alongside` writes of it in one transaction; memory follows only when it has succeeded. */
  keepDecision(decision: Decision, alongside: () => void = () => {}): void {
    if (decision === this.#decision) return;
    const revision = this.#revision + 1;
    this.#storage.transactionSync(() => {
      this.#kv.put("decision", decision);
      this.#kv.put("revision", revision);
      alongside();
    });
    this.#decision = decision;
    this.#revision = revision;
  }

  keepSeals(seals: readonly ShardSnapshot[]): void {
    if (seals.length === 0) return;
    this.#seals = new Map([...this.#seals, ...seals.map((seal) => [seal.shard, seal] as const)]);
    this.#kv.put("seals", this.#seals);
  }

  /** Marks of work done outside the room: what it was done for. */
  mark(name: RoomMark): number {
    return this.#kv.get<number>(name) ?? -1;
  }

  keepMark(name: RoomMark, value: number): void {
    this.#kv.put(name, value);
  }
}

/** A decision that was kept before there were rolls has an open electorate; its manifest's hash is kept beside it and stays what it was. */
function withElectorate({ draft, manifest, roll, ...decision }: Decision): Decision {
  return {
    ...decision,
    // Before there were organisers, admins drafted all.
    owner: decision.owner ?? null,
    draft: { ...draft, electorate: draft.electorate ?? "open", login: draft.login ?? null },
    manifest:
      manifest === null
        ? null
        : {
            ...manifest,
            electorate: manifest.electorate ?? "open",
            roll: manifest.roll ?? null,
            login: manifest.login ?? null,
          },
    roll: roll ?? null,
  };
}

/** `shards_opened`: 1 once every shard has its terms. `rolls_begun`: how many imports there were. `projected`: the revision that the database has; `results_projected`: the version. */
export type RoomMark = "shards_opened" | "rolls_begun" | "projected" | "results_projected";
