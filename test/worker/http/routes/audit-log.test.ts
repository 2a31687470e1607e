import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { emptyHead, hashOfAct, type ActName } from "../../../../src/audit-log/audit-entry.ts";
import { sha256Hex } from "../../../../src/auth/digest.ts";
import { adminKey, api, send } from "../../../support/worker/api.ts";
import { draftDecision, tokenFor } from "../../../support/worker/decisions.ts";
import { issueKey, issueOrganiserKey } from "../../../support/worker/keys.ts";
import { roomOf } from "../../../support/worker/objects.ts";
import { putRoll } from "../../../support/worker/rolls.ts";

type ActBody = {
  seq: number;
  at: string;
  actor: { role: "admin" | "organiser"; key_id: string; owner: string | null };
  act: ActName;
  facts: Record<string, string | number | null>;
  digest: string;
  hash: string;
};
type PageBody = { acts: ActBody[]; head: { seq: number; hash: string }; next: number | null };

async function actsAt(path: string, key = adminKey): Promise<PageBody> {
  const { status, body } = await api<PageBody>("GET", path, { key });
  expect(status).toBe(200);
  return body;
}

const actsOf = (decisionId: string) => actsAt(`/api/v1/decisions/${decisionId}/acts`);
const namesOf = ({ acts }: PageBody) => acts.map(({ act }) => act);

/** Follows the chain as an auditor does, from its published beginning to its head. */
function expectWholeChain({ acts, head }: PageBody, place: string): void {
  let last = emptyHead(place, sha256Hex);
  for (const { actor, at, ...act } of acts) {
    const who = { role: actor.role, keyId: actor.key_id, owner: actor.owner };
    const hash = hashOfAct(last.hash, { ...act, at: Date.parse(at), actor: who }, sha256Hex);
    expect([act.seq, act.hash]).toEqual([last.seq + 1, hash]);
    last = { seq: act.seq, hash };
  }
  expect(head).toEqual(last);
}

describe("the acts of a decision", () => {
  it("name what was done, in order, and whose key did it, chained to their end", async () => {
    const { id: keyId, key } = await issueOrganiserKey("act-keepers");
    const id = await draftDecision({ electorate: "roll" }, key);
    const path = `/api/v1/decisions/${id}`;
    await api("PATCH", path, { key, body: { title: "Another title" } });
    await putRoll(id, "voter_id,region\nana,north\n");
    await tokenFor(id, "ana");
    for (const step of ["open", "close"]) await api("POST", `${path}/${step}`, { key });
    await send("POST", `${path}/rebuild`, { key: adminKey });

    const page = await actsOf(id);
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
    const organiser = { role: "organiser", key_id: keyId, owner: "act-keepers" };
    expect(page.acts[0]?.actor).toEqual(organiser);
    expect(page.acts[2]?.actor).toEqual({ role: "admin", key_id: "deployment", owner: null });
    expect(page.acts[1]?.facts).toEqual({ members: "title" });
    expect(page.acts[3]?.facts).toMatchObject({ voters: 1 });
    const { body } = await api("GET", path);
    expect(page.acts[4]?.facts).toEqual({ manifest_hash: body["manifest_hash"] });
    expect(JSON.stringify(page)).not.toMatch(/ana|eg_[0-9a-f]/);
  });

  it("hold nothing of what was refused and nothing twice of what was asked for twice", async () => {
    const id = await draftDecision();
    const path = `/api/v1/decisions/${id}`;
    const { title, regions, rule } = (await api("GET", path)).body;
    for (const body of [{}, { title, regions, rule }])
      expect((await api("PATCH", path, { key: adminKey, body })).status).toBe(200);
    expect((await api("POST", `${path}/close`, { key: adminKey })).status).toBe(409);
    for (let times = 0; times < 3; times += 1) await api("POST", `${path}/open`, { key: adminKey });
    expect((await api("PATCH", path, { key: adminKey, body: { title: "x" } })).status).toBe(409);
    const voters = [{ voter_id: "ana", region: "nowhere" }];
    const tokens = await api("POST", `${path}/tokens`, { key: adminKey, body: { voters } });
    expect(tokens.status).toBe(422);
    await api("POST", `${path}/open`, { key: (await issueKey("station")).key });
    expect(namesOf(await actsOf(id))).toEqual(["decision.created", "decision.opened"]);
  });

  it("hold every step that was taken, and no step is taken that they can't hold", async () => {
    const id = await draftDecision();
    const path = `/api/v1/decisions/${id}`;
    // A view cannot be inserted into: the record of the next act fails after the decision itself was written.
    await runInDurableObject(roomOf(id), (_, { storage }) => {
      storage.sql.exec("ALTER TABLE acts RENAME TO kept; CREATE VIEW acts AS SELECT * FROM kept");
    });
    expect((await api("POST", `${path}/open`, { key: adminKey })).status).toBe(500);
    expect((await api("GET", path)).body).toMatchObject({ status: "draft", manifest_hash: null });
    await runInDurableObject(roomOf(id), (_, { storage }) => {
      storage.sql.exec("DROP VIEW acts; ALTER TABLE kept RENAME TO acts");
    });
    expect((await api("POST", `${path}/open`, { key: adminKey })).status).toBe(200);
    expect(namesOf(await actsOf(id))).toEqual(["decision.created", "decision.opened"]);
  });

  it("of two decisions can't stand in for one another", async () => {
    const page = await actsOf(await draftDecision());
    expect(() => expectWholeChain(page, "decision another")).toThrow("expected");
  });

  it("are read by page, each once", async () => {
    const id = await draftDecision();
    for (const title of ["b", "c", "d"])
      await api("PATCH", `/api/v1/decisions/${id}`, { key: adminKey, body: { title } });
    const seen: number[] = [];
    let after: number | null = 0;
    while (after !== null) {
      const path = `/api/v1/decisions/${id}/acts?after_seq=${after}&limit=3`;
      const page: PageBody = await actsAt(path);
      seen.push(...page.acts.map(({ seq }) => seq));
      after = page.next;
    }
    expect(seen).toEqual([1, 2, 3, 4]);
  });
});

describe("the acts of the API keys", () => {
  it("tell which key issued and revoked which, and never a key", async () => {
    const { key: auditor } = await issueKey("auditor");
    const gone = await issueKey("station", "some-decision");
    await send("DELETE", `/api/v1/api-keys/${gone.id}`, { key: adminKey });
    await send("DELETE", `/api/v1/api-keys/${gone.id}`, { key: adminKey });
    const page = await actsAt("/api/v1/audit/acts", auditor);
    expectWholeChain(page, "registry");
    expect(page.acts.slice(-2).map(({ act, facts }) => [act, facts["key_id"]])).toEqual([
      ["key.issued", gone.id],
      ["key.revoked", gone.id],
    ]);
    expect(JSON.stringify(page)).not.toMatch(/eg_[0-9a-f]/);
  });

  it("hold every key that is kept, and no key is kept or revoked that they can't hold", async () => {
    const registry = env.REGISTRY.getByName("registry");
    const { id } = await issueKey("station");
    const before = await actsAt("/api/v1/audit/acts");
    await runInDurableObject(registry, (_, { storage }) => {
      storage.sql.exec("ALTER TABLE acts RENAME TO kept; CREATE VIEW acts AS SELECT * FROM kept");
    });
    const body = { role: "station", label: "x" };
    expect((await send("POST", "/api/v1/api-keys", { key: adminKey, body })).status).toBe(500);
    const path = `/api/v1/api-keys/${id}`;
    expect((await send("DELETE", path, { key: adminKey })).status).toBe(500);
    await runInDurableObject(registry, (_, { storage }) => {
      storage.sql.exec("DROP VIEW acts; ALTER TABLE kept RENAME TO acts");
    });
    expect(await actsAt("/api/v1/audit/acts")).toEqual(before);
    expect(await registry.findApiKey(id)).not.toBeNull();
    expect(await registry.listApiKeys()).toHaveLength(
      before.acts.filter(({ act }) => act === "key.issued").length -
        before.acts.filter(({ act }) => act === "key.revoked").length,
    );
  });
});
