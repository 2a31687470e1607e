import type { BallotCursor } from "../../src/database/database.ts";
import { withoutVersion, withVersion, type Versioned } from "../../src/shared/versioned.ts";

export type RowCheckPurpose = "rebuild" | "certification";

/** How far the rows were compared, and in which shards some were not the record's. */
export interface RowCheckProgress {
  /** Tells a check from one that was asked for while it was under way. */
  check: number;
  /** What asked for it: a rebuild, or the certification of what was counted whole. */
  purpose: RowCheckPurpose;
  after: BallotCursor | null;
  foreignShards: readonly number[];
  /** Whether every row so far was the record's. */
  isClean: boolean;
}

const rowCheckForm = { name: "a room's check of its rows", version: 1 };

/** How far a room's check of the database's rows is, so that a crash goes on from there. */
export class RowCheckStore {
  readonly #kv: SyncKvStorage;

  constructor({ kv }: DurableObjectStorage) {
    this.#kv = kv;
  }

  /** How far the rows in the database were compared with the record; null where nobody asked. */
  get progress(): RowCheckProgress | null {
    const kept = this.#kv.get<Versioned<RowCheckProgress>>("row_check");
    return kept === undefined ? null : withoutVersion(rowCheckForm, kept);
  }

  keep(progress: RowCheckProgress | null): void {
    if (progress === null) this.#kv.delete("row_check");
    else this.#kv.put("row_check", withVersion(rowCheckForm, progress));
  }
}
