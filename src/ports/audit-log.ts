import type { AuditEntry, AuditLogHead } from "../audit-log/audit-entry.ts";

/** Entries of an audit log, and where the log ends. */
export type AuditLogPage = { entries: AuditEntry[]; head: AuditLogHead };

/** The part of a log that is everybody's, and where the log ended before these entries. */
export type PublicEntriesPage = AuditLogPage & { before: AuditLogHead };
