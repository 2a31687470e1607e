import { describe, expect, it } from "vitest";
import {
  emptyAuditLogHead,
  nextAuditEntry,
  type AuditEntry,
} from "../../../../../src/audit-log/audit-entry.ts";
import { sha256Hex } from "../../../../../src/auth/digest.ts";
import type { ShownAuditEntry } from "../../../../../src/audit-log/audit-log-check.ts";
import {
  findNotedHead,
  readAuditLog,
  type ShownAuditPage,
} from "../../../../../src/web/organise/admin/read-audit-log.ts";

/** A registry's log of this many entries, as the Worker makes it. */
function logOf(count: number): { entries: ShownAuditEntry[]; head: { seq: number; hash: string } } {
  const entries: AuditEntry[] = [];
  let head = emptyAuditLogHead("registry", sha256Hex);
  for (let at = 1; at <= count; at += 1) {
    const note = { action: "key.revoked", facts: { key_id: `k${at}` }, change: { at } } as const;
    const actor = { role: "admin", keyId: "deployment", owner: null, session: null } as const;
    const entry = nextAuditEntry({ head, note, actor, at, sha256: sha256Hex });
    entries.push(entry);
    head = { seq: entry.seq, hash: entry.hash };
  }
  const shown = entries.map(({ at, actor: { keyId, ...others }, ...entry }) => ({
    ...entry,
    at: new Date(at).toISOString(),
    actor: { ...others, key_id: keyId },
  }));
  return { entries: shown, head };
}

/** Pages of two entries of a log, as the API gives them. */
function pagesOf({ entries, head }: ReturnType<typeof logOf>, asked: number[] = []) {
  return async (after: number): Promise<ShownAuditPage> => {
    asked.push(after);
    const page = entries.slice(after, after + 2);
    return { entries: page, head, next: page.length === 2 ? (page.at(-1)?.seq ?? null) : null };
  };
}

const read = (log: ReturnType<typeof logOf>, asked?: number[]) =>
  readAuditLog({ subject: "registry", readPage: pagesOf(log, asked), onProgress: () => {} });

describe("an audit log that is read in the browser", () => {
  it.each([0, 1, 2, 3, 5])("is whole with %i entries, page by page to its head", async (count) => {
    const log = logOf(count);
    const asked: number[] = [];
    const checked = await read(log, asked);
    expect(checked).toEqual({ ...log, fault: null, isCut: false });
    expect(asked).toEqual(Array.from({ length: Math.floor(count / 2) + 1 }, (_, page) => page * 2));
  });

  it("tells how far it is", async () => {
    const told: number[] = [];
    const log = logOf(3);
    await readAuditLog({
      subject: "registry",
      readPage: pagesOf(log),
      onProgress: (entries) => told.push(entries),
    });
    expect(told).toEqual([2, 3]);
  });

  it("is not whole under another subject", async () => {
    const reading = { readPage: pagesOf(logOf(1)), onProgress: () => {} };
    const { fault } = await readAuditLog({ ...reading, subject: "decision d" });
    expect(fault).toMatchObject({ at: "hash", seq: 1 });
  });

  it("names the first entry that was changed, and goes on reading", async () => {
    const log = logOf(5);
    const [, second] = log.entries;
    if (second !== undefined) second.facts = { key_id: "another" };
    const checked = await read(log);
    expect(checked.fault).toMatchObject({ at: "hash", seq: 2 });
    expect(checked.entries).toHaveLength(5);
  });

  it("finds an entry that was taken out, and an end that was cut off", async () => {
    const holed = logOf(4);
    holed.entries.splice(1, 1);
    expect((await read(holed)).fault).toMatchObject({ at: "seq", seq: 2 });
    const cut = logOf(4);
    cut.entries.pop();
    expect((await read(cut)).fault).toMatchObject({ at: "head", seq: 3 });
  });

  it("is asked no further by a page that leads back to itself", async () => {
    const log = logOf(2);
    let pages = 0;
    const readPage = async (): Promise<ShownAuditPage> => {
      pages += 1;
      return { ...log, next: 0 };
    };
    await readAuditLog({ subject: "registry", readPage, onProgress: () => {} });
    expect(pages).toBe(1);
  });
});

describe("a head that was noted down", () => {
  it("is found, also as the page writes it in groups; another, a later and none are told apart", async () => {
    const log = logOf(3);
    const checked = await read(log);
    const hash = log.entries[1]?.hash ?? "";
    expect(findNotedHead(checked, `2 ${hash}`)).toBe("there");
    expect(findNotedHead(checked, ` 2  ${hash.toUpperCase().replaceAll(/.{8}/g, "$& ")}`)).toBe(
      "there",
    );
    expect(findNotedHead(checked, `1 ${hash}`)).toBe("another");
    expect(findNotedHead(checked, `4 ${hash}`)).toBe("later");
    expect(findNotedHead(checked, hash)).toBe("unreadable");
    expect(findNotedHead(checked, `2 ${hash.slice(1)}`)).toBe("unreadable");
  });
});
