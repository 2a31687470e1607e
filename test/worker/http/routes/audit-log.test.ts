import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import {
  emptyAuditLogHead,
  hashOfAuditEntry,
  type AuditAction,
} from "../../../../src/audit-log/audit-entry.ts";
import { sha256Hex } from "../../../../src/auth/digest.ts";
import { expectLogged } from "../../../support/error-lines.ts";
import { adminKey, api, send } from "../../../support/worker/api.ts";
import { draftDecision, tokenFor } from "../../../support/worker/decisions.ts";
import { issueKey, issueOrganiserKey } from "../../../support/worker/keys.ts";
import { roomOf } from "../../../support/worker/objects.ts";
import { putRoll } from "../../../support/worker/rolls.ts";

type EntryBody = {
  seq: number;
  at: string;
  actor: {
    role: "admin" | "organiser";
    key_id: string;
    owner: string | null;
    session: string | null;
  };
  action: AuditAction;
  facts: Record<string, string | number | null>;
  digest: string;
  hash: string;
};
type PageBody = { entries: EntryBody[]; head: { seq: number; hash: string }; next: number | null };

async function auditLogAt(path: string, key = adminKey): Promise<PageBody> {
  const { status, body } = await api<PageBody>("GET", path, { key });
  expect(status).toBe(200);
  return body;
}

const auditLogOf = (decisionId: string) => auditLogAt(`/api/v1/decisions/${decisionId}/audit-log`);
const namesOf = ({ entries }: PageBody) => entries.map(({ action }) => action);

/** Follows the chain as an auditor does, from its published beginning to its head. */
function expectWholeChain({ entries, head }: PageBody, subject: string): void {
  let last = emptyAuditLogHead(subject, sha256Hex);
  for (const { actor, at, ...entry } of entries) {
    const { key_id: keyId, ...others } = actor;
    const who = { ...others, keyId };
    const hash = hashOfAuditEntry(
      last.hash,
      { ...entry, at: Date.parse(at), actor: who },
      sha256Hex,
    );
    expect([entry.seq, entry.hash]).toEqual([last.seq + 1, hash]);
    last = { seq: entry.seq, hash };
  }
  expect(head).toEqual(last);
}

describe("the audit log of a decision", () => {
  it("name what was done, in order, and whose key did it, chained to their end", async () => {
    const { id: keyId, key } = await issueOrganiserKey("log-keepers");
    const id = await draftDecision({ electorate: "roll" }, key);
    const path = `/api/v1/decisions/${id}`;
    await api("PATCH", path, { key, body: { title: "Another title" } });
    await putRoll(id, "voter_id,region\nana,north\nAna,north\n", { twins: "first" });
    await tokenFor(id, "ana");
    await api("POST", `${path}/open`, { key, body: { accept_refused_rows: 1 } });
    await api("POST", `${path}/close`, { key });
    await send("POST", `${path}/rebuild`, { key: adminKey });

    const page = await auditLogOf(id);
    expect(namesOf(page)).toEqual([
      "decision.created",
      "decision.amended",
      "roll.imported",
      "tokens.issued",
      "decision.opened",
      "decision.closed",
      "decision.rebuilt",
    ]);
    expectWholeChain(page, `decision ${id}`);
    const organiser = { role: "organiser", key_id: keyId, owner: "log-keepers", session: null };
    expect(page.entries[0]?.actor).toEqual(organiser);
    expect(page.entries[2]?.actor).toEqual({
      role: "admin",
      key_id: "deployment",
      owner: null,
      session: null,
    });
    expect(page.entries[1]?.facts).toEqual({ members: "title" });
    expect(page.entries[2]?.facts).toMatchObject({
      voters: 1,
      refused: 1,
      refused_reasons: "voter_id.duplicate 1",
      refused_lines: "3 voter_id.duplicate",
    });
    expect(page.entries[3]?.facts).toMatchObject({ voters: 1 });
    const { body } = await api("GET", path, { key: adminKey });
    expect(page.entries[4]?.facts).toEqual({
      manifest_hash: body["manifest_hash"],
      refused_rows: 1,
    });
    expect(JSON.stringify(page)).not.toMatch(/ana|eg_[0-9a-f]/);
  });

  it("hold nothing of what was refused and nothing twice of what was asked for twice", async () => {
    const id = await draftDecision();
    const path = `/api/v1/decisions/${id}`;
    const { title, regions, rule } = (await api("GET", path, { key: adminKey })).body;
    for (const body of [{}, { title, regions, rule }])
      expect((await api("PATCH", path, { key: adminKey, body })).status).toBe(200);
    expect((await api("POST", `${path}/close`, { key: adminKey })).status).toBe(409);
    for (let times = 0; times < 3; times += 1) await api("POST", `${path}/open`, { key: adminKey });
    expect((await api("PATCH", path, { key: adminKey, body: { title: "x" } })).status).toBe(409);
    const voters = [{ voter_id: "ana", region: "nowhere" }];
    const tokens = await api("POST", `${path}/tokens`, { key: adminKey, body: { voters } });
    expect(tokens.status).toBe(422);
    await api("POST", `${path}/open`, { key: (await issueKey("station")).key });
    expect(namesOf(await auditLogOf(id))).toEqual(["decision.created", "decision.opened"]);
  });

  it("hold every step that was taken, and no step is taken that they can't hold", async () => {
    const id = await draftDecision();
    const path = `/api/v1/decisions/${id}`;
    // A view cannot be inserted into: the entry of the next action fails after the decision itself was written.
    await runInDurableObject(roomOf(id), (_, { storage }) => {
      storage.sql.exec(
        "ALTER TABLE audit_log RENAME TO kept; CREATE VIEW audit_log AS SELECT * FROM kept",
      );
    });
    expect((await api("POST", `${path}/open`, { key: adminKey })).status).toBe(500);
    await expectLogged("http.failed", {
      cause: expect.stringContaining("cannot modify audit_log"),
    });
    expect((await api("GET", path, { key: adminKey })).body).toMatchObject({
      status: "draft",
      manifest_hash: null,
    });
    await runInDurableObject(roomOf(id), (_, { storage }) => {
      storage.sql.exec("DROP VIEW audit_log; ALTER TABLE kept RENAME TO audit_log");
    });
    expect((await api("POST", `${path}/open`, { key: adminKey })).status).toBe(200);
    expect(namesOf(await auditLogOf(id))).toEqual(["decision.created", "decision.opened"]);
  });

  it("of two decisions can't stand in for one another", async () => {
    const page = await auditLogOf(await draftDecision());
    expect(() => expectWholeChain(page, "decision another")).toThrow("expected");
  });

  it("are read by page, each once", async () => {
    const id = await draftDecision();
    for (const title of ["b", "c", "d"])
      await api("PATCH", `/api/v1/decisions/${id}`, { key: adminKey, body: { title } });
    const seen: number[] = [];
    let after: number | null = 0;
    while (after !== null) {
      const path = `/api/v1/decisions/${id}/audit-log?after_seq=${after}&limit=3`;
      const page: PageBody = await auditLogAt(path);
      seen.push(...page.entries.map(({ seq }) => seq));
      after = page.next;
    }
    expect(seen).toEqual([1, 2, 3, 4]);
  });
});

describe("the audit log of the API keys", () => {
  it("tell which key issued and revoked which, and never a key", async () => {
    const { key: auditor } = await issueKey("auditor");
    const gone = await issueKey("station", "some-decision");
    await send("DELETE", `/api/v1/api-keys/${gone.id}`, { key: adminKey });
    await send("DELETE", `/api/v1/api-keys/${gone.id}`, { key: adminKey });
    const page = await auditLogAt("/api/v1/audit-log", auditor);
    expectWholeChain(page, "registry");
    expect(page.entries.slice(-2).map(({ action, facts }) => [action, facts["key_id"]])).toEqual([
      ["key.issued", gone.id],
      ["key.revoked", gone.id],
    ]);
    expect(JSON.stringify(page)).not.toMatch(/eg_[0-9a-f]/);
  });

  it("hold every key that is kept, and no key is kept or revoked that they can't hold", async () => {
    const registry = env.REGISTRY.getByName("registry");
    const { id } = await issueKey("station");
    const before = await auditLogAt("/api/v1/audit-log");
    await runInDurableObject(registry, (_, { storage }) => {
      storage.sql.exec(
        "ALTER TABLE audit_log RENAME TO kept; CREATE VIEW audit_log AS SELECT * FROM kept",
      );
    });
    const body = { role: "station", label: "x" };
    expect((await send("POST", "/api/v1/api-keys", { key: adminKey, body })).status).toBe(500);
    const path = `/api/v1/api-keys/${id}`;
    expect((await send("DELETE", path, { key: adminKey })).status).toBe(500);
    await expectLogged("http.failed", {
      cause: expect.stringContaining("cannot modify audit_log"),
    });
    await runInDurableObject(registry, (_, { storage }) => {
      storage.sql.exec("DROP VIEW audit_log; ALTER TABLE kept RENAME TO audit_log");
    });
    expect(await auditLogAt("/api/v1/audit-log")).toEqual(before);
    expect(await registry.findApiKey(id)).not.toBeNull();
    expect(await registry.listApiKeys()).toHaveLength(
      before.entries.filter(({ action }) => action === "key.issued").length -
        before.entries.filter(({ action }) => action === "key.revoked").length,
    );
  });
});
