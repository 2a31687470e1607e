import {
  emptyAuditLogHead,
  nextAuditEntry,
  type AuditEntry,
  type AuditLogHead,
  type AuditNote,
  type Actor,
} from "../../src/audit-log/audit-entry.ts";
import { sha256Hex } from "../../src/auth/digest.ts";

type AuditRow = { entry: string };

/**
 * The audit log of one object, in its own SQLite. Only appended to, inside the transaction of what
 * was done: there is no action without its entry, nor an entry without its action. The table is
 * made with the first entry, so that a look at an object that nobody created writes nothing.
 */
export class AuditLog {
  readonly #storage: DurableObjectStorage;
  readonly #subject: string;

  /** `subject` names what the log is about, and is part of its first hash. */
  constructor(storage: DurableObjectStorage, subject: string) {
    this.#storage = storage;
    this.#subject = subject;
  }

  /** Appends an entry; to be called within `transactionSync`. `at` in ms. */
  append(note: AuditNote, actor: Actor, at: number): void {
    const { sql, kv } = this.#storage;
    const head = this.#head;
    const entry = nextAuditEntry({ head, note, actor, at, sha256: sha256Hex });
    if (head.seq === 0)
      sql.exec("CREATE TABLE audit_log (seq INTEGER PRIMARY KEY, entry TEXT NOT NULL)");
    sql.exec("INSERT INTO audit_log (seq, entry) VALUES (?, ?)", entry.seq, JSON.stringify(entry));
    const newHead: AuditLogHead = { seq: entry.seq, hash: entry.hash };
    kv.put("audit_log_head", newHead);
  }

  /** At most `max` entries after `seq`, in order, and where the log ends. */
  readAfter(seq: number, max: number): { entries: AuditEntry[]; head: AuditLogHead } {
    const head = this.#head;
    if (head.seq === 0) return { entries: [], head };
    const rows = this.#storage.sql.exec<AuditRow>(
      "SELECT entry FROM audit_log WHERE seq > ? ORDER BY seq LIMIT ?",
      seq,
      max,
    );
    // Written by `append` above and by nothing else.
    return { entries: rows.toArray().map(({ entry }) => JSON.parse(entry) as AuditEntry), head };
  }

  get #head(): AuditLogHead {
    return (
      this.#storage.kv.get<AuditLogHead>("audit_log_head") ??
      emptyAuditLogHead(this.#subject, sha256Hex)
    );
  }
}
