import type { AuditEntry, AuditLogHead } from "../audit-log/audit-entry.ts";

/** Entries of an audit log, and where the log ends. */
export type AuditLogPage = { entries: AuditEntry[]; head: AuditLogHead };
