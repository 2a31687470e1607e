import type { AuditEntry, AuditLogHead } from "../audit-log/audit-entry.ts";

/** Entries of an audit log, and where the log ends. */
export type AuditLogPage = { entries: AuditEntry[]; head: AuditLogHead };

/**
 * The part of a log that is everybody's, where the log ended before these entries, and what is so
 * frequent that it is counted alone.
 */
export type PublicEntriesPage = AuditLogPage & { before: AuditLogHead; lookUps: number };
