import { hash } from "@stablelib/sha256";
import {
  AuditLogCheck,
  type AuditLogFault,
  type ShownAuditEntry,
} from "../../../audit-log/audit-log-check.ts";
import { toHex } from "../../../shared/hex.ts";

/** A page of a log, as the API answers. */
export type ShownAuditPage = {
  entries: ShownAuditEntry[];
  head: { seq: number; hash: string };
  next: number | null;
};

/** A log as this browser has read and checked it. */
export type CheckedAuditLog = {
  entries: ShownAuditEntry[];
  head: { seq: number; hash: string };
  /** The first thing that is wrong with it; null where its chain is whole. */
  fault: AuditLogFault | null;
  /** Whether it is longer than what is read of one: then its end was not checked. */
  isCut: boolean;
};

export interface AuditLogReading {
  /** What the log is about, as its first hash has it. */
  subject: string;
  readPage: (afterSeq: number) => Promise<ShownAuditPage>;
  /** How many entries were read. */
  onProgress: (entries: number) => void;
}

/** Entries are about 500 bytes: 50 MB of memory at the most. */
const entriesMax = 100_000;
const utf8 = new TextEncoder();

/** Reads a whole log, and follows its chain from its beginning to its head. */
export async function readAuditLog(reading: AuditLogReading): Promise<CheckedAuditLog> {
  const check = new AuditLogCheck(reading.subject, sha256Of);
  const entries: ShownAuditEntry[] = [];
  let fault: AuditLogFault | null = null;
  for (let after = 0; ;) {
    const page = await reading.readPage(after);
    entries.push(...page.entries);
    fault ??= check.follow(page.entries);
    reading.onProgress(entries.length);
    const { head, next } = page;
    const isCut = next !== null && entries.length >= entriesMax;
    if (next === null) fault ??= check.end(head);
    // A server that gives the same page again would be asked for ever.
    if (next === null || next <= after || isCut) return { entries, head, fault, isCut };
    after = next;
  }
}

function sha256Of(text: string): string {
  return toHex(hash(utf8.encode(text)));
}

/** What a head that was noted down earlier says of the log that is here now. */
export type NotedHeadVerdict = "there" | "another" | "later" | "unreadable";

/** Looks for a head, `number hash` as this page writes it, among the entries of a log. */
export function findNotedHead({ entries }: CheckedAuditLog, noted: string): NotedHeadVerdict {
  const [, seq, spaced = ""] = /^\s*([0-9]{1,9})\s+([0-9a-f\s]+)$/i.exec(noted) ?? [];
  const digest = spaced.replaceAll(/\s/g, "").toLowerCase();
  if (seq === undefined || digest.length !== 64) return "unreadable";
  const entry = entries[Number(seq) - 1];
  if (entry === undefined) return "later";
  return entry.hash === digest ? "there" : "another";
}
