import {
  emptyAuditLogHead,
  nextAuditEntry,
  type AuditEntry,
  type AuditLogHead,
  type AuditNote,
  type Actor,
} from "../../src/audit-log/audit-entry.ts";
import { sha256Hex } from "../../src/auth/digest.ts";
import { invariant } from "../../src/shared/invariant.ts";
import {
  prefixVersion,
  stripVersion,
  withoutVersion,
  withVersion,
  type Versioned,
} from "../../src/shared/versioned.ts";

type AuditRow = { entry: string };

const entryForm = { name: "an entry of an audit log", version: 1 };
const headForm = { name: "the end of an audit log", version: 1 };

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

  /**
   * Appends an entry, and gives where the log ends with it; to be called within `transactionSync`.
   * `at` in ms.
   */
  append(note: AuditNote, actor: Actor, at: number): AuditLogHead {
    const { sql, kv } = this.#storage;
    const head = this.#head;
    const entry = nextAuditEntry({ head, note, actor, at, sha256: sha256Hex });
    if (head.seq === 0)
      sql.exec("CREATE TABLE audit_log (seq INTEGER PRIMARY KEY, entry TEXT NOT NULL)");
    const text = prefixVersion(entryForm, JSON.stringify(entry));
    sql.exec("INSERT INTO audit_log (seq, entry) VALUES (?, ?)", entry.seq, text);
    const newHead: AuditLogHead = { seq: entry.seq, hash: entry.hash };
    kv.put("audit_log_head", withVersion(headForm, newHead));
    return newHead;
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
    const entries = rows.toArray().map(({ entry }) => parseEntry(entry));
    return { entries, head };
  }

  /** Where the log ended with the entry `seq`, or before its first one (0). */
  headAt(seq: number): AuditLogHead {
    if (seq === 0) return emptyAuditLogHead(this.#subject, sha256Hex);
    const [entry] = this.readAfter(seq - 1, 1).entries;
    invariant(entry?.seq === seq, "a log has every entry up to its end");
    return { seq, hash: entry.hash };
  }

  get #head(): AuditLogHead {
    const kept = this.#storage.kv.get<Versioned<AuditLogHead>>("audit_log_head");
    return kept === undefined
      ? emptyAuditLogHead(this.#subject, sha256Hex)
      : withoutVersion(headForm, kept);
  }
}

/** Written by `append` and by nothing else. */
function parseEntry(text: string): AuditEntry {
  return JSON.parse(stripVersion(entryForm, text)) as AuditEntry;
}
