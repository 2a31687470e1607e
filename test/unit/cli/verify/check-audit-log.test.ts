import { describe, expect, it } from "vitest";
import { checkAuditLog, auditLogOfDecision } from "../../../../src/cli/verify/check-audit-log.ts";
import {
  emptyAuditLogHead,
  nextAuditEntry,
  type AuditEntry,
  type AuditLogHead,
} from "../../../../src/audit-log/audit-entry.ts";
import { sha256Hex } from "../../../../src/auth/digest.ts";
import { fakeInstance } from "./fake-instance.ts";

const subject = "decision d";

/** An audit log of five entries as an instance answers for it, and what the verification finds once it was spoiled. */
async function findIn(
  spoil: (entries: AuditEntry[], head: AuditLogHead) => void,
): Promise<string[]> {
  const entries: AuditEntry[] = [];
  let head = emptyAuditLogHead(subject, sha256Hex);
  for (let at = 0; at < 5; at += 1) {
    const note = { action: "tokens.issued", facts: { voters: at }, change: { at } } as const;
    const actor = { role: "organiser", keyId: "k", owner: "o", session: "s" } as const;
    const entry = nextAuditEntry({ head, note, actor, at, sha256: sha256Hex });
    entries.push(entry);
    head = { seq: entry.seq, hash: entry.hash };
  }
  head = { ...head };
  spoil(entries, head);
  const instance = fakeInstance(1);
  instance.entries.entries = entries.map(({ at, actor, ...entry }) => ({
    ...entry,
    at: new Date(at).toISOString(),
    actor: { role: actor.role, key_id: actor.keyId, owner: actor.owner, session: actor.session },
  }));
  instance.entries.head = head;
  return (await checkAuditLog(auditLogOfDecision(instance.client, "d"))).map(({ where }) => where);
}

describe("the check of an audit log", () => {
  it("finds nothing in a log that is whole", async () => {
    expect(await findIn(() => {})).toEqual([]);
  });

  it("finds an entry that was taken out of the middle", async () => {
    expect(await findIn((entries) => entries.splice(2, 1))).toEqual(["seq"]);
  });

  it("finds one that was taken out and the rest numbered anew", async () => {
    const spoil = (entries: AuditEntry[]) => {
      entries.splice(2, 1);
      for (const [index, entry] of entries.entries()) entry.seq = index + 1;
    };
    expect(await findIn(spoil)).toEqual(["hash of entry 3"]);
  });

  it("finds an end that was cut off", async () => {
    expect(await findIn((entries) => entries.pop())).toEqual(["head"]);
  });

  it.each([
    ["time", { at: 7 }],
    ["name", { action: "decision.opened" }],
    ["facts", { facts: { voters: 100 } }],
    ["digest", { digest: "0" }],
    ["actor", { actor: { role: "admin", keyId: "k", owner: "o", session: "s" } }],
    ["session", { actor: { role: "organiser", keyId: "k", owner: "o", session: null } }],
  ] as const)("finds an entry whose %s was changed", async (_, change) => {
    const spoil = (entries: AuditEntry[]) => {
      const [first] = entries;
      if (first !== undefined) Object.assign(first, change);
    };
    expect(await findIn(spoil)).toEqual(["hash of entry 1"]);
  });
});
