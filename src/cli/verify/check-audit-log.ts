import { sha256Hex } from "../../auth/digest.ts";
import {
  emptyAuditLogHead,
  hashOfAuditEntry,
  type AuditLogHead,
} from "../../audit-log/audit-entry.ts";
import type { ApiClient } from "../client/api-client.ts";
import { auditLogPageSchema, type AuditLogPageAnswer } from "../client/contract.ts";
import type { Difference } from "./difference.ts";

const pageEntries = 1_000;

/**
 * Follows an audit log from its published beginning to the head that is kept beside it: whatever was changed, removed or
 * slipped in breaks the chain, and whatever was cut off its end leaves the head out of reach. The first fault is reported; all after it follow from it.
 */
export async function checkAuditLog(
  client: ApiClient,
  log: { path: string; place: string; decision: string },
): Promise<Difference[]> {
  let last = emptyAuditLogHead(log.place, sha256Hex);
  const wrong = (place: string, expected: string, actual: string): Difference[] => [
    { kind: "wrong", decision: log.decision, layer: "audit log", place, expected, actual },
  ];
  for (;;) {
    const page: AuditLogPageAnswer = await client.get(
      `${log.path}?after_seq=${last.seq}&limit=${pageEntries}`,
      auditLogPageSchema,
    );
    for (const entry of page.entries) {
      const next = follow(last, entry);
      if (entry.seq !== next.seq) return wrong("seq", String(next.seq), String(entry.seq));
      if (entry.hash !== next.hash)
        return wrong(`hash of entry ${entry.seq}`, next.hash, entry.hash);
      last = next;
    }
    if (page.next !== null) continue;
    if (page.head.seq === last.seq && page.head.hash === last.hash) return [];
    return wrong(
      "head",
      `entry ${last.seq} ${last.hash}`,
      `entry ${page.head.seq} ${page.head.hash}`,
    );
  }
}

function follow(
  last: AuditLogHead,
  { actor, at, ...rest }: AuditLogPageAnswer["entries"][number],
): AuditLogHead {
  const who = { role: actor.role, keyId: actor.key_id, owner: actor.owner };
  const entry = { ...rest, seq: last.seq + 1, at: Date.parse(at), actor: who };
  return { seq: entry.seq, hash: hashOfAuditEntry(last.hash, entry, sha256Hex) };
}
