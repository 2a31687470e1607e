import type { AuditEntry, AuditLogHead, Actor } from "../../src/audit-log/audit-entry.ts";
import {
  deadLetterDismissed,
  keyIssued,
  keyRevoked,
  recordBackedUp,
  recordRestored,
  shardRecovered,
  type RecoveredShard,
  type DismissedDeadLetter,
} from "../../src/audit-log/audit-notes.ts";
import type { ApiKeyRecord } from "../../src/auth/api-key.ts";
import type { SessionRecord } from "../../src/auth/session.ts";
import { registryTable } from "../../src/platform/objects/call-tables.ts";
import { limits } from "../../src/shared/limits.ts";
import { withoutVersion, withVersion, type Versioned } from "../../src/shared/versioned.ts";
import type { ShardAddress } from "../../src/ballot/receipt.ts";
import type { BacklogSummary } from "../../src/ports/backlog.ts";
import type { UncertifiedDecision } from "../../src/ports/certification.ts";
import type { CheckOutcome, DueCheck, ListedChecks } from "../../src/ports/record-check.ts";
import type { SessionReply } from "../../src/ports/sessions.ts";
import type { ShardBacklog, WriterFailure } from "../../src/vote-log/backlog.ts";
import { AuditLog } from "../shared/audit-log.ts";
import { migrate } from "../shared/migrations.ts";
import { RecordObject } from "../shared/backup/record-object.ts";
import { RegisteredChecks } from "./registered-checks.ts";
import { SessionStore } from "./session-store.ts";
import { WaitingList } from "./waiting-list.ts";

const migrations = [
  `CREATE TABLE decisions (id TEXT PRIMARY KEY) WITHOUT ROWID;
   CREATE TABLE api_keys (id TEXT PRIMARY KEY, role TEXT NOT NULL, label TEXT NOT NULL, decision_id TEXT, owner TEXT,
     digest TEXT NOT NULL, created_at INTEGER NOT NULL) WITHOUT ROWID;
   CREATE TABLE backlogs (decision_id TEXT NOT NULL, shard INTEGER NOT NULL, ballots INTEGER NOT NULL,
     since INTEGER NOT NULL, cause TEXT, PRIMARY KEY (decision_id, shard)) WITHOUT ROWID;
   CREATE TABLE uncertified (decision_id TEXT PRIMARY KEY, since INTEGER NOT NULL) WITHOUT ROWID;
   CREATE TABLE sessions (id TEXT PRIMARY KEY, digest TEXT NOT NULL, key_id TEXT NOT NULL, provider TEXT,
     basis TEXT NOT NULL, role TEXT NOT NULL, label TEXT NOT NULL, decision_id TEXT, owner TEXT,
     began_at INTEGER NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID;
   CREATE INDEX sessions_by_key ON sessions (key_id, began_at);
   CREATE INDEX sessions_by_end ON sessions (expires_at);`,
];

const searchFilledForm = { name: "whether search was filled", version: 1 };
const keyColumns = `id, role, label, decision_id AS decisionId, owner, digest, created_at AS createdAt`;

type RegistryParts = {
  sql: SqlStorage;
  auditLog: AuditLog;
  sessions: SessionStore;
  waiting: WaitingList;
  checks: RegisteredChecks;
};

/**
 * The record of what no decision owns: which decisions there are, to rebuild the database by, and
 * the API keys and the sessions that rest on them, by digest.
 */
export class Registry extends RecordObject<RegistryParts> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, {
      table: registryTable,
      compose: composeRegistry,
      audit: { subject: "registry", restored: recordRestored },
    });
  }

  /** Records who begins a backup, before anything is read for it. */
  recordBackup(backup: string, actor: Actor): void {
    this.ctx.storage.transactionSync(() =>
      this.parts.auditLog.append(recordBackedUp(backup), actor, Date.now()),
    );
  }

  /** Records who takes a shard back to an earlier time, before it is done. */
  recordRecovery(recovery: RecoveredShard, actor: Actor): void {
    this.ctx.storage.transactionSync(() =>
      this.parts.auditLog.append(shardRecovered(recovery), actor, Date.now()),
    );
  }

  registerDecision(decisionId: string): void {
    this.parts.sql.exec("INSERT OR IGNORE INTO decisions (id) VALUES (?)", decisionId);
  }

  /** Forgets the id of a decision that is being deleted. */
  unregisterDecision(decisionId: string): void {
    for (const table of ["decisions", "backlogs", "uncertified"]) {
      const column = table === "decisions" ? "id" : "decision_id";
      this.parts.sql.exec(`DELETE FROM ${table} WHERE ${column} = ?`, decisionId);
    }
    this.parts.checks.end(decisionId);
  }

  /** Ids of all decisions ever created and not deleted, in their order, from after `after` on. */
  listDecisions(after: string, max: number): string[] {
    return this.parts.sql
      .exec<{ id: string }>("SELECT id FROM decisions WHERE id > ? ORDER BY id LIMIT ?", after, max)
      .toArray()
      .map(({ id }) => id);
  }

  /** Keeps a key, and who issued it, in one transaction; tells whether there was room for it. */
  keepApiKey(key: ApiKeyRecord, actor: Actor): boolean {
    const { keys } = this.parts.sql
      .exec<{ keys: number }>("SELECT count(*) AS keys FROM api_keys")
      .one();
    if (keys >= limits.apiKeysMax || this.#isOwnerFull(key)) return false;
    this.ctx.storage.transactionSync(() => {
      this.parts.sql.exec(
        "INSERT INTO api_keys (id, role, label, decision_id, owner, digest, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        key.id,
        key.role,
        key.label,
        key.decisionId,
        key.owner,
        key.digest,
        key.createdAt,
      );
      this.parts.auditLog.append(keyIssued(key), actor, Date.now());
    });
    return true;
  }

  /** Whether the organiser who issues a station's key has as many as there may be. */
  #isOwnerFull({ role, owner }: ApiKeyRecord): boolean {
    if (role !== "station" || owner === null) return false;
    const query = "SELECT count(*) AS keys FROM api_keys WHERE role = 'station' AND owner = ?";
    const { keys } = this.parts.sql.exec<{ keys: number }>(query, owner).one();
    return keys >= limits.stationKeysAnOwnerMax;
  }

  findApiKey(keyId: string): ApiKeyRecord | null {
    return (
      this.parts.sql
        .exec<ApiKeyRecord>(`SELECT ${keyColumns} FROM api_keys WHERE id = ?`, keyId)
        .toArray()
        .at(0) ?? null
    );
  }

  listApiKeys(): ApiKeyRecord[] {
    return this.parts.sql
      .exec<ApiKeyRecord>(`SELECT ${keyColumns} FROM api_keys ORDER BY created_at, id`)
      .toArray();
  }

  /** The stations' keys that are good for one decision alone. */
  listStationKeys(decisionId: string): ApiKeyRecord[] {
    const query = `SELECT ${keyColumns} FROM api_keys WHERE role = 'station' AND decision_id = ? ORDER BY created_at, id`;
    return this.parts.sql.exec<ApiKeyRecord>(query, decisionId).toArray();
  }

  /**
   * Revokes a key for good and ends its sessions, with who did it in the same transaction; tells
   * whether there was one.
   */
  revokeApiKey(keyId: string, actor: Actor): boolean {
    return this.ctx.storage.transactionSync(() => {
      const isGone =
        this.parts.sql.exec("DELETE FROM api_keys WHERE id = ?", keyId).rowsWritten > 0;
      this.parts.sessions.endAllOf(keyId);
      if (isGone) this.parts.auditLog.append(keyRevoked(keyId), actor, Date.now());
      return isGone;
    });
  }

  /** Keeps a session, in place of another where one is named. */
  beginSession(session: SessionRecord, replaced: string | null): SessionReply {
    return this.parts.sessions.begin(session, replaced, Date.now());
  }

  findSession(sessionId: string): SessionRecord | null {
    return this.parts.sessions.find(sessionId);
  }

  endSession(sessionId: string): void {
    this.parts.sessions.end(sessionId);
  }

  /** Records who dismissed a dead letter; it belongs to no decision whose log could say so. */
  recordDismissal(deadLetter: DismissedDeadLetter, actor: Actor): void {
    this.ctx.storage.transactionSync(() =>
      this.parts.auditLog.append(deadLetterDismissed(deadLetter), actor, Date.now()),
    );
  }

  /** Keeps what waits of a shard, in place of its last word; null where nothing does. */
  noteBacklog(address: ShardAddress, backlog: ShardBacklog | null): void {
    this.parts.waiting.noteShard(address, backlog);
  }

  /** Keeps since when (ms) a decision waits to be certified; null where it waits no longer. */
  noteUncertified(decisionId: string, since: number | null): void {
    this.parts.waiting.noteUncertified(decisionId, since);
  }

  /** Keeps what a writer has met; null where it writes again. */
  noteWriterFailure(failure: WriterFailure | null): void {
    this.parts.waiting.noteWriterFailure(failure);
  }

  /** All that waits, added up. */
  readBacklog(): BacklogSummary {
    return this.parts.waiting.summary(Date.now());
  }

  /** Decisions that wait to be certified, in their order, from after `after` on. */
  listUncertified(after: string, max: number): UncertifiedDecision[] {
    return this.parts.waiting.listUncertified(after, max);
  }

  /** The search index was filled: one that is empty from now on has lost what it had. */
  noteSearchFilled(): void {
    this.ctx.storage.kv.put("search_filled", withVersion(searchFilledForm, true));
  }

  wasSearchFilled(): boolean {
    const kept = this.ctx.storage.kv.get<Versioned<boolean>>("search_filled");
    return kept !== undefined && withoutVersion(searchFilledForm, kept);
  }

  /** Has a decision's record checked from now on; again changes nothing. */
  beginChecks(decisionId: string): void {
    this.parts.checks.begin(decisionId, Date.now());
  }

  /** The decisions whose turn it is, those under way first. */
  listChecksDue(max: number): DueCheck[] {
    return this.parts.checks.listDue(max);
  }

  /** Keeps what came of checks, each in place of the one before. */
  keepChecks(outcomes: readonly CheckOutcome[]): void {
    this.parts.checks.keep(outcomes, Date.now());
  }

  /** What was found last, of so many decisions at most. */
  readChecks(max: number): ListedChecks {
    return this.parts.checks.read(max);
  }

  /** What was done to the API keys and dead letters, from after `seq` on, and where the log ends. */
  readAuditLog(seq: number, max: number): { entries: AuditEntry[]; head: AuditLogHead } {
    return this.parts.auditLog.readAfter(seq, max);
  }
}

function composeRegistry({ storage }: DurableObjectState): RegistryParts {
  migrate(storage, "the registry's schema", migrations);
  const auditLog = new AuditLog(storage, "registry");
  return {
    sql: storage.sql,
    auditLog,
    sessions: new SessionStore(storage),
    waiting: new WaitingList(storage),
    checks: new RegisteredChecks(storage),
  };
}
