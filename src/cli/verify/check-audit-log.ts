import { sha256Hex } from "../../auth/digest.ts";
import {
  emptyAuditLogHead,
  hashOfAuditEntry,
  type AuditLogHead,
} from "../../audit-log/audit-entry.ts";
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
  let last = emptyAuditLogHead(log.subject, sha256Hex);
  const wrong = (where: string, expected: string, actual: string): Difference[] => [
    { kind: "wrong", decision: log.decision, layer: "audit log", where, expected, actual },
  ];
  const pages = pagesOf(() => log.readPage({ after_seq: last.seq, limit: pageEntries }));
  for await (const page of pages) {
    for (const entry of page.entries) {
      const next = follow(last, entry);
      if (entry.seq !== next.seq) return wrong("seq", String(next.seq), String(entry.seq));
      if (entry.hash !== next.hash)
        return wrong(`hash of entry ${entry.seq}`, next.hash, entry.hash);
      last = next;
    }
    if (page.next !== null || (page.head.seq === last.seq && page.head.hash === last.hash))
      continue;
    return wrong(
      "head",
      `entry ${last.seq} ${last.hash}`,
      `entry ${page.head.seq} ${page.head.hash}`,
    );
  }
  return [];
}

function follow(
  last: AuditLogHead,
  { actor, at, ...rest }: AuditLogPageAnswer["entries"][number],
): AuditLogHead {
  const who = { role: actor.role, keyId: actor.key_id, owner: actor.owner };
  const entry = { ...rest, seq: last.seq + 1, at: Date.parse(at), actor: who };
  return { seq: entry.seq, hash: hashOfAuditEntry(last.hash, entry, sha256Hex) };
}
