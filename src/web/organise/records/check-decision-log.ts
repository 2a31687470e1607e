import { hash } from "@stablelib/sha256";
import {
  AuditLogCheck,
  type AuditLogFault,
  type ShownAuditEntry,
} from "../../../audit-log/audit-log-check.ts";
import type { AuditLogHead } from "../../../audit-log/audit-entry.ts";
import { toHex } from "../../../shared/hex.ts";

/** A part of a log, as the API gives it. */
export interface LogPart {
  entries: readonly ShownAuditEntry[];
  head: AuditLogHead;
  next: number | null;
}

/** A whole log, and what is wrong with its chain; null where nothing is. */
export interface CheckedLog {
  entries: ShownAuditEntry[];
  head: AuditLogHead;
  fault: AuditLogFault | null;
}

/** Reads a decision's log to its end and follows its chain, hash by hash, in this browser. */
export async function checkDecisionLog(
  decisionId: string,
  readPart: (afterSeq: number) => Promise<LogPart>,
): Promise<CheckedLog> {
  const check = new AuditLogCheck(`decision ${decisionId}`, sha256OfText);
  const entries: ShownAuditEntry[] = [];
  let fault: AuditLogFault | null = null;
  for (let after: number | null = 0; ;) {
    const part: LogPart = await readPart(after);
    entries.push(...part.entries);
    fault ??= check.follow(part.entries);
    after = part.next;
    if (after === null) return { entries, head: part.head, fault: fault ?? check.end(part.head) };
  }
}

function sha256OfText(text: string): string {
  return toHex(hash(new TextEncoder().encode(text)));
}
