import {
  emptyHead,
  nextAct,
  type Act,
  type ActHead,
  type ActNote,
  type Actor,
} from "../../src/audit-log/audit-entry.ts";
import { sha256Hex } from "../../src/auth/digest.ts";

type ActRow = { act: string };

/**
 * The administrative acts of one object, in its own SQLite. Only ever appended to, inside the transaction of what was done: an act
 * without its record, or a record without its act, cannot be. The table is made with the first act, so that looking at an object that nobody
 * created writes nothing.
 */
export class ActLog {
  readonly #storage: DurableObjectStorage;
  readonly #place: string;

  constructor(storage: DurableObjectStorage, place: string) {
    this.#storage = storage;
    this.#place = place;
  }

  /** Appends an act; to be called within `transactionSync`. `at` in ms. */
  append(note: ActNote, actor: Actor, at: number): void {
    const { sql, kv } = this.#storage;
    const before = this.#head;
    const act = nextAct(before, note, actor, at, sha256Hex);
    if (before.seq === 0)
      sql.exec("CREATE TABLE acts (seq INTEGER PRIMARY KEY, act TEXT NOT NULL)");
    sql.exec("INSERT INTO acts (seq, act) VALUES (?, ?)", act.seq, JSON.stringify(act));
    const head: ActHead = { seq: act.seq, hash: act.hash };
    kv.put("acts_head", head);
  }

  /** At most `max` acts after `seq`, in order, and where the log ends. */
  readAfter(seq: number, max: number): { acts: Act[]; head: ActHead } {
    const head = this.#head;
    if (head.seq === 0) return { acts: [], head };
    const rows = this.#storage.sql.exec<ActRow>(
      "SELECT act FROM acts WHERE seq > ? ORDER BY seq LIMIT ?",
      seq,
      max,
    );
    // Written by `append` above and by nothing else.
    return { acts: rows.toArray().map(({ act }) => JSON.parse(act) as Act), head };
  }

  get #head(): ActHead {
    return this.#storage.kv.get<ActHead>("acts_head") ?? emptyHead(this.#place, sha256Hex);
  }
}
