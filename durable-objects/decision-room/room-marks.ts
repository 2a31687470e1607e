/**
 * A room's marks: small numbers that say what was done, inside the room or outside it. One that is
 * deferred is stored with the decision's next change; a crash before it has the work done again.
 */
export class RoomMarks {
  readonly #kv: SyncKvStorage;
  /** Marks that are not stored yet. */
  readonly #deferred = new Map<RoomMark, number>();

  constructor({ kv }: DurableObjectStorage) {
    this.#kv = kv;
  }

  get(name: RoomMark): number {
    return this.#deferred.get(name) ?? this.#kv.get<number>(name) ?? -1;
  }

  keep(name: RoomMark, value: number): void {
    this.#kv.put(name, value);
    this.#deferred.delete(name);
  }

  defer(name: RoomMark, value: number): void {
    this.#deferred.set(name, value);
  }

  /** Stores what was deferred, in the transaction of the decision's change. */
  putDeferred(): void {
    for (const [name, value] of this.#deferred) this.#kv.put(name, value);
  }

  /** Forgets what was deferred, once it is stored or no longer of use. */
  clearDeferred(): void {
    this.#deferred.clear();
  }

  /** How often a station asked whether a voter has voted. */
  get lookUps(): number {
    return Math.max(0, this.get("look_ups"));
  }

  /**
   * How many shards have forgotten their ballots; null until the decision's time to be kept is over.
   */
  get forgottenShards(): number | null {
    const kept = this.get("forgotten_shards");
    return kept < 0 ? null : kept;
  }
}

/** The marks of a room; -1 until they are set. */
export type RoomMark =
  /** 1 once every shard has its terms. */
  | "shards_opened"
  /** The audit log's entry of the opening: from there on it is everybody's. */
  | "opened_entry"
  /** 1 once the deletion of a cancelled draft was asked for. */
  | "deletion_asked"
  /** 1 once it was carried out: nothing else is kept then but the audit log. */
  | "deleted"
  /** How many shards have forgotten their ballots; set where the decision is being forgotten. */
  | "forgotten_shards"
  /** How often a station asked whether a voter has voted. */
  | "look_ups"
  /** How many imports of the roll there were. */
  | "rolls_begun"
  /** 1 where the last import that began goes to the room's own shard, 0 where it does not. */
  | "last_roll_in_room"
  /** The form of the voter_ids of the last import that began, as its place in `voterIdForms`. */
  | "last_roll_form"
  /** The most shards with objects of their own that one import went to. */
  | "roll_shards"
  /** 1 once an import went to the room's own shard. */
  | "roll_in_room"
  /** 1 once the shards without use for a roll have dropped theirs. */
  | "rolls_dropped"
  /** 1 once all rows of a long decision were compared with the record after its close. */
  | "rows_compared"
  /** 1 while the registry may have it that the decision waits to be certified, 2 once it has. */
  | "waiting_told"
  /** 1 once the registry has it that the decision's record is checked. */
  | "checks_told"
  /** When a decision that was ended early was first found to lack seals, in ms. */
  | "unsealed_since"
  /** The version that the database has of the regional results. */
  | "results_projected"
  /** The version of the decision's document that the search feed was told of. */
  | "search_told"
  /** The pages of the publication that it was told of. */
  | "search_pages_told";
