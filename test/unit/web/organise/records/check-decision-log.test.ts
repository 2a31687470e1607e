import { describe, expect, it } from "vitest";
import {
  emptyAuditLogHead,
  nextAuditEntry,
  type AuditLogHead,
} from "../../../../../src/audit-log/audit-entry.ts";
import type { ShownAuditEntry } from "../../../../../src/audit-log/audit-log-check.ts";
import { sha256Hex } from "../../../../../src/auth/digest.ts";
import { checkDecisionLog } from "../../../../../src/web/organise/records/check-decision-log.ts";

const actor = { role: "admin", keyId: "deployment", owner: null, session: null } as const;

/** A log of so many entries as the API shows it, and where it ends. */
function logOf(count: number, id = "levy-1"): { entries: ShownAuditEntry[]; head: AuditLogHead } {
  let head = emptyAuditLogHead(`decision ${id}`, sha256Hex);
  const entries: ShownAuditEntry[] = [];
  for (let at = 0; at < count; at += 1) {
    const note = { action: "decision.amended", facts: { members: `m${at}` }, change: at } as const;
    const entry = nextAuditEntry({ head, note, actor, at: at * 1_000, sha256: sha256Hex });
    head = { seq: entry.seq, hash: entry.hash };
    const { keyId, ...others } = entry.actor;
    entries.push({
      ...entry,
      at: new Date(entry.at).toISOString(),
      actor: { ...others, key_id: keyId },
    });
  }
  return { entries, head };
}

function readerOf({ entries, head }: { entries: ShownAuditEntry[]; head: AuditLogHead }, size = 2) {
  return (after: number) => {
    const part = entries.filter(({ seq }) => seq > after).slice(0, size);
    const next = part.length === size ? (part.at(-1)?.seq ?? null) : null;
    return Promise.resolve({ entries: part, head, next });
  };
}

describe("a decision's log, checked in the browser", () => {
  it.each([0, 1, 2, 5])("of %i entries is read to its end, and its chain holds", async (count) => {
    const log = logOf(count);
    const checked = await checkDecisionLog("levy-1", readerOf(log));
    expect(checked).toEqual({ ...log, fault: null });
  });

  it("does not hold where an entry was changed, removed, or is of another decision", async () => {
    const changed = logOf(5);
    const third = changed.entries[2];
    if (third !== undefined) changed.entries[2] = { ...third, facts: { members: "title" } };
    expect((await checkDecisionLog("levy-1", readerOf(changed))).fault).toMatchObject({
      at: "hash",
      seq: 3,
    });
    const removed = logOf(5);
    removed.entries.splice(1, 1);
    expect((await checkDecisionLog("levy-1", readerOf(removed))).fault).toMatchObject({
      at: "seq",
      seq: 2,
    });
    const cut = logOf(5);
    cut.entries.pop();
    expect((await checkDecisionLog("levy-1", readerOf(cut))).fault).toMatchObject({ at: "head" });
    const other = logOf(5, "levy-2");
    expect((await checkDecisionLog("levy-1", readerOf(other))).fault).toMatchObject({ seq: 1 });
  });
});
