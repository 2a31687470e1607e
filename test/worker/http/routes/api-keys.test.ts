import { randomBytes } from "node:crypto";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { nameMacs } from "../../../../src/auth/name-macs.ts";
import { adminKey, api, send } from "../../../support/worker/api.ts";
import { castBatch } from "../../../support/worker/batches.ts";
import { isolateThatCounts } from "../../../support/worker/counted-objects.ts";
import { openedDecision } from "../../../support/worker/decisions.ts";
import { issueKey, type KeyBody } from "../../../support/worker/keys.ts";
import { refused, type ProblemDocument } from "../../../support/worker/problems.ts";

const keysPath = "/api/v1/api-keys";
const bearing = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });
const randomHex = (bytes: number) => randomBytes(bytes).toString("hex");
const oneVote = [{ voter_id: "ana", vote: "yes", region: "north" }];

describe("an API key", () => {
  it("is shown once, when it is issued, and never cached on the way", async () => {
    const body = { role: "station", label: "Hall 4" };
    const response = await send("POST", keysPath, { key: adminKey, body });
    expect(response.status).toBe(201);
    expect(response.headers.get("cache-control")).toBe("no-store");
    const issued = await response.json<KeyBody>();
    expect(issued).toMatchObject({ role: "station", label: "Hall 4", decision_id: null });
    expect(issued.key).toMatch(new RegExp(`^eg_${issued.id}_[0-9a-f]{64}_[0-9a-f]{16}$`));
  });

  it("is listed without its secret and without the secret's digest", async () => {
    const issued = await issueKey("station");
    const response = await send("GET", keysPath, { key: adminKey });
    const text = await response.text();
    const { items } = JSON.parse(text) as { items: KeyBody[] };
    const { key, ...shown } = issued;
    expect(items).toContainEqual(shown);
    expect(text).not.toContain(key.split("_")[2]);
    expect(text).not.toMatch(/[0-9a-f]{64}/);
  });

  it("differs from every other, also where role and label are the same", async () => {
    const keys = [await issueKey("station"), await issueKey("station"), await issueKey("station")];
    expect(new Set(keys.map(({ key }) => key)).size).toBe(3);
    expect(new Set(keys.map(({ id }) => id)).size).toBe(3);
  });

  it("does nothing with a right id and a wrong secret, even if this deployment signed it", async () => {
    const { id } = await issueKey("admin");
    const name = `${id}_${"0".repeat(64)}`;
    const mac = nameMacs(env.ID_KEYS, { purpose: "api key/1", macDigits: 16 }).sign(name);
    const isolate = isolateThatCounts();
    for (const key of [`eg_${name}_${"0".repeat(16)}`, `eg_${name}_${mac}`]) {
      await refused("GET", keysPath, { key }, 401, "key.invalid");
      expect((await isolate.fetch(keysPath, bearing(key))).status).toBe(401);
    }
    // The second alone was worth asking for.
    expect(isolate.reached).toEqual(["REGISTRY"]);
  });

  it("that is made up is refused without asking the registry, on whatever route", async () => {
    const decisionId = await openedDecision();
    const isolate = isolateThatCounts();
    for (let made = 0; made < 50; made += 1) {
      const key = `eg_${randomHex(8)}_${randomHex(32)}_${randomHex(8)}`;
      expect((await isolate.fetch(keysPath, bearing(key))).status).toBe(401);
      const roll = `/api/v1/decisions/${decisionId}/roll`;
      expect((await isolate.fetch(roll, bearing(key))).status).toBe(401);
      const list = await isolate.fetch("/api/v1/decisions", bearing(key));
      expect(list.status).toBe(200);
    }
    expect(isolate.reached).toEqual([]);
    const { key } = await issueKey("auditor");
    expect((await isolate.fetch("/api/v1/audit-log", bearing(key))).status).toBe(200);
    expect(isolate.reached).toEqual(["REGISTRY", "REGISTRY"]);
  });

  it.each(["", "x", "eg_1_2", adminKey.replace("t", "T"), adminKey.slice(0, -1), `${adminKey}2`])(
    "is not guessed by the text %j",
    async (text) => {
      const code = text === "" ? "credential.missing" : "key.invalid";
      await refused("GET", keysPath, { key: text }, 401, code);
    },
  );

  it("of an unknown role, without a label or with a member too many is not issued", async () => {
    const ask = (body: object) => ({ key: adminKey, body });
    await refused("POST", keysPath, ask({ role: "voter", label: "x" }), 400, "body.invalid");
    await refused("POST", keysPath, ask({ role: "admin" }), 400, "body.wrong_type");
    await refused("POST", keysPath, ask({ role: "admin", label: "" }), 400, "body.invalid");
    const extra = { role: "admin", label: "x", key: "mine" };
    await refused("POST", keysPath, ask(extra), 400, "body.unknown_field");
  });
});

describe("a station's key", () => {
  it("casts a batch in any decision when it names none", async () => {
    const { key } = await issueKey("station");
    for (const id of [await openedDecision(), await openedDecision()]) {
      expect((await castBatch(id, oneVote, { key })).body).toMatchObject({ accepted: 1 });
    }
  });

  it("casts a batch in its own decision and in no other", async () => {
    const mine = await openedDecision();
    const other = await openedDecision();
    const { key } = await issueKey("station", mine);
    expect((await castBatch(mine, oneVote, { key })).body).toMatchObject({ accepted: 1 });
    const elsewhere = await castBatch<ProblemDocument>(other, oneVote, { key });
    expect([elsewhere.status, elsewhere.body.code]).toEqual([403, "role.forbidden"]);
    // The station elsewhere left no trace: the same voter is new there.
    expect((await castBatch(other, oneVote)).body).toMatchObject({ accepted: 1 });
  });

  it("is replaced in the middle of a count: the new key works before the old one ends", async () => {
    const id = await openedDecision();
    const votes = (voter: string) => [{ voter_id: voter, vote: "yes", region: "north" }];
    const old = await issueKey("station", id);
    expect((await castBatch(id, votes("ana"), { key: old.key })).body).toMatchObject({
      accepted: 1,
    });
    const { key } = await issueKey("station", id);
    expect((await castBatch(id, votes("ben"), { key: old.key })).body).toMatchObject({
      accepted: 1,
    });
    expect((await castBatch(id, votes("eva"), { key })).body).toMatchObject({ accepted: 1 });
    await api("DELETE", `${keysPath}/${old.id}`, { key: adminKey });
    expect((await castBatch(id, votes("ida"), { key })).body).toMatchObject({ accepted: 1 });
    // What the old key has cast stays cast, also when the new one sends it again.
    expect((await castBatch(id, votes("ana"), { key })).body).toMatchObject({ repeated: 1 });
  });

  it("administers nothing: it issues no key, revokes none, and moves no decision", async () => {
    const id = await openedDecision();
    const { key } = await issueKey("station", id);
    const victim = await issueKey("station");
    const body = { role: "admin", label: "me" };
    await refused("POST", keysPath, { key, body }, 403, "role.forbidden");
    await refused("DELETE", `${keysPath}/${victim.id}`, { key }, 403, "role.forbidden");
    await refused("POST", `/api/v1/decisions/${id}/close`, { key }, 403, "role.forbidden");
    expect((await castBatch(id, oneVote, { key: victim.key })).body).toMatchObject({ accepted: 1 });
  });
});

describe("an admin's key", () => {
  it("does what the first admin key does", async () => {
    const { key } = await issueKey("admin");
    const issued = await api("POST", keysPath, { key, body: { role: "station", label: "x" } });
    expect(issued.status).toBe(201);
  });

  it("that is scoped to a decision administers that one alone", async () => {
    const mine = await openedDecision();
    const other = await openedDecision();
    const { key } = await issueKey("admin", mine);
    expect((await api("POST", `/api/v1/decisions/${mine}/close`, { key })).status).toBe(200);
    await refused("POST", `/api/v1/decisions/${other}/close`, { key }, 403, "role.forbidden");
    await refused("GET", keysPath, { key }, 403, "role.forbidden");
    const body = { title: "Another" };
    await refused("POST", "/api/v1/decisions", { key, body }, 403, "role.forbidden");
  });
});

describe("a revoked key", () => {
  it("opens nothing any more, even where it was used a moment ago, and is no longer listed", async () => {
    const id = await openedDecision();
    const { id: keyId, key } = await issueKey("station");
    expect((await castBatch(id, oneVote, { key })).status).toBe(200);
    const revoked = await send("DELETE", `${keysPath}/${keyId}`, { key: adminKey });
    expect([revoked.status, await revoked.text()]).toEqual([204, ""]);

    const after = await castBatch<ProblemDocument>(id, oneVote, { key });
    expect([after.status, after.body.code]).toEqual([401, "key.invalid"]);
    const { body } = await api<{ items: KeyBody[] }>("GET", keysPath, { key: adminKey });
    expect(body.items.map((item) => item.id)).not.toContain(keyId);
  });

  it("can't be revoked twice, and neither can one that never was", async () => {
    const { id } = await issueKey("station");
    await api("DELETE", `${keysPath}/${id}`, { key: adminKey });
    const ask = { key: adminKey };
    await refused("DELETE", `${keysPath}/${id}`, ask, 404, "key.not_found");
    await refused("DELETE", `${keysPath}/nobody`, ask, 404, "key.not_found");
    await refused("DELETE", `${keysPath}/${"x".repeat(65)}`, ask, 404, "key.not_found");
  });

  it("takes no other key with it", async () => {
    const [gone, stays] = [await issueKey("admin"), await issueKey("admin")];
    await api("DELETE", `${keysPath}/${gone.id}`, { key: adminKey });
    expect((await send("GET", keysPath, { key: stays.key })).status).toBe(200);
  });
});
