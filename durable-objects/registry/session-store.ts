import { deploymentKeyId } from "../../src/auth/api-key.ts";
import type { SessionRecord } from "../../src/auth/session.ts";
import type { SessionReply } from "../../src/ports/sessions.ts";
import { limits } from "../../src/shared/limits.ts";

const columns = `id, digest, key_id AS keyId, provider, basis, role, label, decision_id AS decisionId,
  owner, began_at AS beganAt, expires_at AS expiresAt`;

/** Sessions, and the keys that they rest on, in the registry's own SQLite. */
export class SessionStore {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /**
   * Keeps a session in place of another, at `now` (ms). What has expired makes room; of one key's
   * sessions the oldest makes room for the newest, so that whoever forgets to sign out can sign in.
   */
  begin(session: SessionRecord, replaced: string | null, now: number): SessionReply {
    return this.#storage.transactionSync(() => {
      if (!this.#isKeyThere(session)) return "revoked";
      const { sql } = this.#storage;
      sql.exec("DELETE FROM sessions WHERE expires_at <= ?", now);
      if (replaced !== null) this.end(replaced);
      sql.exec(
        `DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE key_id = ?
         ORDER BY began_at DESC, id LIMIT -1 OFFSET ?)`,
        session.keyId,
        limits.sessionsOfKeyMax - 1,
      );
      const { sessions } = sql
        .exec<{ sessions: number }>("SELECT count(*) AS sessions FROM sessions")
        .one();
      if (sessions >= limits.sessionsMax) return "full";
      this.#insert(session);
      return "begun";
    });
  }

  find(sessionId: string): SessionRecord | null {
    const rows = this.#storage.sql.exec<{ [Name in keyof SessionRecord]: SessionRecord[Name] }>(
      `SELECT ${columns} FROM sessions WHERE id = ?`,
      sessionId,
    );
    return rows.toArray().at(0) ?? null;
  }

  end(sessionId: string): void {
    this.#storage.sql.exec("DELETE FROM sessions WHERE id = ?", sessionId);
  }

  /** Ends what rests on a key; to be called in the transaction that revokes it. */
  endAllOf(keyId: string): void {
    this.#storage.sql.exec("DELETE FROM sessions WHERE key_id = ?", keyId);
  }

  /** An isolate may know a key for a while after it was revoked; no session begins with it. */
  #isKeyThere({ keyId, provider, basis }: SessionRecord): boolean {
    if (provider !== null || keyId === deploymentKeyId) return true;
    const keys = this.#storage.sql.exec<{ digest: string }>(
      "SELECT digest FROM api_keys WHERE id = ?",
      keyId,
    );
    return keys.toArray().at(0)?.digest === basis;
  }

  #insert(session: SessionRecord): void {
    this.#storage.sql.exec(
      `INSERT INTO sessions (id, digest, key_id, provider, basis, role, label, decision_id, owner,
         began_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      session.id,
      session.digest,
      session.keyId,
      session.provider,
      session.basis,
      session.role,
      session.label,
      session.decisionId,
      session.owner,
      session.beganAt,
      session.expiresAt,
    );
  }
}
