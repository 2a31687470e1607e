import { sha256Hex } from "../../auth/digest.ts";
import { AuditLogCheck, type AuditLogFault } from "../../audit-log/audit-log-check.ts";
import type { Client } from "../../client/client.ts";
import { pagesOf } from "../../client/pages.ts";
import type { AuditLogPageAnswer } from "../api/answers.ts";
import type { Difference } from "./difference.ts";

const pageEntries = 1_000;

/**
 * An audit log as the check reads it: what its first hash is made of, what differences are reported
 * under, and how a page is read, from after an entry on.
 */
export type AuditLogSource = {
  subject: string;
  decision: string;
  readPage(query: { after_seq: number; limit: number }): Promise<AuditLogPageAnswer>;
};

/** What was done to one decision. */
export function auditLogOfDecision(client: Client, decisionId: string): AuditLogSource {
  return {
    subject: `decision ${decisionId}`,
    decision: decisionId,
    readPage: (query) =>
      client.call("GET /api/v1/decisions/{decisionId}/audit-log", { path: { decisionId }, query }),
  };
}

/** What was done to the API keys of an instance. */
export function auditLogOfKeys(client: Client): AuditLogSource {
  return {
    subject: "registry",
    decision: "API keys",
    readPage: (query) => client.call("GET /api/v1/audit-log", { query }),
  };
}

/**
 * Follows an audit log from its published beginning to the head that is kept beside it. Whatever
 * was changed, removed or slipped in breaks the chain; whatever was cut off its end leaves the head
 * out of reach. Only the first fault is reported: the rest follow from it.
 */
export async function checkAuditLog(log: AuditLogSource): Promise<Difference[]> {
  const check = new AuditLogCheck(log.subject, sha256Hex);
  const pages = pagesOf(() => log.readPage({ after_seq: check.last.seq, limit: pageEntries }));
  for await (const page of pages) {
    const fault = check.follow(page.entries) ?? (page.next === null ? check.end(page.head) : null);
    if (fault !== null) return [differenceOf(log, fault)];
  }
  return [];
}

function differenceOf({ decision }: AuditLogSource, fault: AuditLogFault): Difference {
  const { at, seq, expected, actual } = fault;
  const where = at === "hash" ? `hash of entry ${seq}` : at;
  return { kind: "wrong", decision, layer: "audit log", where, expected, actual };
}
