import type { KeyRole } from "../auth/api-key.ts";
import { canonicalJson } from "../shared/canonical-json.ts";

/**
 * Who acts as an administrator: an API key by its id, never by its secret, or a login elsewhere by
 * a name that is no person's; whose it is where that matters, and in which session, if in one.
 */
export type Actor = {
  role: KeyRole;
  keyId: string;
  owner: string | null;
  session: string | null;
};

export const auditActions = [
  "decision.created",
  "decision.amended",
  "decision.opened",
  "decision.closed",
  "decision.cancelled",
  "decision.deleted",
  "decision.rebuilt",
  "decision.forgetting_begun",
  "decision.forgotten",
  "decision.restored",
  "roll.imported",
  "roll.marked",
  "map.drawn",
  "tokens.issued",
  "tokens.revoked",
  "station_key.issued",
  "station_key.revoked",
  "key.issued",
  "key.revoked",
  "dead_letter.dismissed",
  "record.backed_up",
  "record.restored",
  "shard.recovered",
] as const;
export type AuditAction = (typeof auditActions)[number];

/** What anybody may read of an entry at a glance. Never a voter_id, a credential or a choice. */
export type AuditFacts = Readonly<Record<string, string | number | null>>;

/** An entry before it is in a log; of `change`, what was asked for, a digest is kept. */
export type AuditNote = { action: AuditAction; facts: AuditFacts; change: unknown };

/** One entry of an append-only log; `at` in ms, hashes in hexadecimal digits. */
export type AuditEntry = {
  seq: number;
  at: number;
  actor: Actor;
  action: AuditAction;
  facts: AuditFacts;
  digest: string;
  hash: string;
};

/** Where a log ends. It is kept beside the log, so that a removed end shows too. */
export type AuditLogHead = Pick<AuditEntry, "seq" | "hash">;

type Hash = (text: string) => string;

/**
 * The end of a log that holds nothing yet. It names its subject, so that one decision's log can't
 * stand in for another's.
 */
export function emptyAuditLogHead(subject: string, sha256: Hash): AuditLogHead {
  return { seq: 0, hash: sha256(canonicalJson(["enviro-governance/audit-log/1", subject])) };
}

/** What was done, by whom and when (ms), and the end of the log that it is to follow. */
export interface AuditEntryInput {
  head: AuditLogHead;
  note: AuditNote;
  actor: Actor;
  at: number;
  sha256: Hash;
}

/** The entry that follows `head`, chained to all before it. */
export function nextAuditEntry({ head, note, actor, at, sha256 }: AuditEntryInput): AuditEntry {
  const { action, facts, change } = note;
  const digest = sha256(canonicalJson(change));
  const entry = { seq: head.seq + 1, at, actor, action, facts, digest };
  return { ...entry, hash: hashOfAuditEntry(head.hash, entry, sha256) };
}

/**
 * SHA-256 over the hash before and every member of the entry, as JSON with sorted members: whoever
 * changes or removes one breaks the chain.
 */
export function hashOfAuditEntry(
  previous: string,
  entry: Omit<AuditEntry, "hash">,
  sha256: Hash,
): string {
  const { seq, at, actor, digest } = entry;
  const who = [actor.role, actor.keyId, actor.owner, actor.session];
  return sha256(canonicalJson([previous, seq, at, who, entry.action, entry.facts, digest]));
}
