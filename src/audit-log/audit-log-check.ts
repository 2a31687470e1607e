import {
  emptyAuditLogHead,
  hashOfAuditEntry,
  type Actor,
  type AuditEntry,
  type AuditLogHead,
} from "./audit-entry.ts";

/** An entry as the API shows it. */
export type ShownAuditEntry = Omit<AuditEntry, "at" | "actor"> & {
  at: string;
  actor: Omit<Actor, "keyId"> & { key_id: string };
};

/** The first thing that is wrong with a log: all that follows it follows from it. */
export type AuditLogFault = {
  /** A number out of its turn, a hash that the entry does not have, or an end elsewhere. */
  at: "seq" | "hash" | "head";
  /** The entry that should stand there. */
  seq: number;
  expected: string;
  actual: string;
};

/**
 * Follows an audit log from its published beginning to the head that is kept beside it. Whatever
 * was changed, removed or slipped in breaks the chain; whatever was cut off its end leaves the head
 * out of reach.
 */
export class AuditLogCheck {
  readonly #sha256: (text: string) => string;
  #last: AuditLogHead;

  /** `subject` names what the log is about: `registry`, or `decision {id}`. */
  constructor(subject: string, sha256: (text: string) => string) {
    this.#sha256 = sha256;
    this.#last = emptyAuditLogHead(subject, sha256);
  }

  /** The last entry that the chain was followed to. */
  get last(): AuditLogHead {
    return this.#last;
  }

  /** Follows the entries that come next; null where each has its place and hash. */
  follow(entries: readonly ShownAuditEntry[]): AuditLogFault | null {
    for (const shown of entries) {
      const seq = this.#last.seq + 1;
      const { key_id: keyId, ...others } = shown.actor;
      const entry = { ...shown, seq, at: Date.parse(shown.at), actor: { ...others, keyId } };
      const hash = hashOfAuditEntry(this.#last.hash, entry, this.#sha256);
      if (shown.seq !== seq)
        return { at: "seq", seq, expected: String(seq), actual: String(shown.seq) };
      if (shown.hash !== hash) return { at: "hash", seq, expected: hash, actual: shown.hash };
      this.#last = { seq, hash };
    }
    return null;
  }

  /** Whether the log ends where its head says, once all entries were followed. */
  end(head: AuditLogHead): AuditLogFault | null {
    const { seq, hash } = this.#last;
    if (head.seq === seq && head.hash === hash) return null;
    return {
      at: "head",
      seq,
      expected: `entry ${seq} ${hash}`,
      actual: `entry ${head.seq} ${head.hash}`,
    };
  }
}
