import { env } from "cloudflare:workers";
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { expectLogged } from "../../../support/error-lines.ts";
import { adminKey, api, send } from "../../../support/worker/api.ts";
import { decisionsPath, readDecision, takeStep } from "../../../support/worker/decision-calls.ts";
import { draftDecision, openedDecision } from "../../../support/worker/decisions.ts";
import { issueKey, issueOrganiserKey } from "../../../support/worker/keys.ts";
import { roomOf, shardStub } from "../../../support/worker/objects.ts";
import { refused } from "../../../support/worker/problems.ts";
import { draftWithRoll, putRoll } from "../../../support/worker/rolls.ts";
import { makeDeafTo } from "../../../support/worker/shards.ts";

const roll = "voter_id,region\nada,north\nben,south\n";
const pathOf = (id: string) => `${decisionsPath}/${id}`;
const remove = (id: string, key = adminKey) => send("DELETE", pathOf(id), { key });

async function cancelledDraft(given: Record<string, unknown> = {}, csv = roll): Promise<string> {
  const id = await draftWithRoll(csv, { title: "Never asked", ...given });
  await takeStep(id, "cancel");
  return id;
}

/** All that an object keeps, in words: keys and values, and the rows of its tables. */
function keptIn(stub: DurableObjectStub): Promise<string> {
  return runInDurableObject(stub, (_, { storage }) => {
    const names = storage.sql
      .exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
      .toArray()
      .map(({ name }) => name)
      .filter((name) => !name.startsWith("_cf"));
    const rows = names.map((name) => [name, storage.sql.exec(`SELECT * FROM ${name}`).toArray()]);
    return JSON.stringify([[...storage.kv.list()], rows]);
  });
}

const rowsOf = async (id: string) =>
  (await env.DB.prepare("SELECT id FROM decisions WHERE id = ?").bind(id).all()).results;

async function isListed(id: string): Promise<boolean> {
  const path = `/api/v1/audit/decisions?per_page=100&after=${Buffer.from(JSON.stringify(id.slice(0, -1))).toString("base64url")}`;
  const { body } = await api<{ items: string[] }>("GET", path, { key: adminKey });
  return body.items.includes(id);
}

describe("a cancelled draft", () => {
  it.each([1, 2])("is deleted with its roll, in %i shards, by its owner", async (shards) => {
    const { key } = await issueOrganiserKey(`deletes-${shards}`);
    const id = await draftDecision({ electorate: "roll", shards, title: "Never asked" }, key);
    await putRoll(id, roll);
    await takeStep(id, "cancel");
    await runDurableObjectAlarm(roomOf(id));
    expect((await rowsOf(id)).length).toBe(1);
    expect(await isListed(id)).toBe(true);
    expect((await remove(id, key)).status).toBe(204);
    expect(await rowsOf(id)).toEqual([]);
    expect(await isListed(id)).toBe(false);
    expect((await readDecision(id)).status).toBe(404);
    const kept = await keptIn(roomOf(id));
    expect(kept).not.toMatch(/Never asked|decision_key|opening_key|draft\/|"pid"/);
    for (const shard of shards === 1 ? [] : [0, 1]) {
      expect(await keptIn(shardStub(id, shard))).not.toContain("north");
    }
    expect((await remove(id)).status).toBe(404);
    expect((await remove(id, key)).status).toBe(404);
  });

  it("leaves its audit log, for admins alone, and no alarm", async () => {
    const id = await cancelledDraft();
    await remove(id);
    await evictDurableObject(roomOf(id));
    const path = `${pathOf(id)}/audit-log`;
    const { body } = await api<{ entries: { action: string }[] }>("GET", path, { key: adminKey });
    expect(body.entries.map(({ action }) => action)).toEqual([
      "decision.created",
      "roll.imported",
      "decision.cancelled",
      "decision.deleted",
    ]);
    const { key } = await issueKey("auditor");
    await refused("GET", path, { key }, 404, "decision.not_found");
    await runDurableObjectAlarm(roomOf(id));
    expect(await runInDurableObject(roomOf(id), (_, { storage }) => storage.getAlarm())).toBeNull();
    expect(await rowsOf(id)).toEqual([]);
  });

  it("never has its id again, whose tokens may be about", async () => {
    const id = await cancelledDraft();
    await remove(id);
    await evictDurableObject(roomOf(id));
    const ask = { key: adminKey, body: { slug: id.slice(0, -13), title: "Another question" } };
    await refused("POST", decisionsPath, ask, 409, "decision.exists");
    expect((await putRoll(id, roll)).status).toBe(404);
  });

  it("is deleted in the end where a shard did not answer, after a restart", async () => {
    const id = await cancelledDraft({ shards: 2 });
    await runInDurableObject(roomOf(id), (_, { storage }) => storage.kv.delete("rolls_dropped"));
    await makeDeafTo(shardStub(id, 1), "dropRolls");
    expect((await remove(id)).status).toBe(503);
    await expectLogged("room.rolls_not_dropped", { decision: id });
    await evictDurableObject(shardStub(id, 1));
    await evictDurableObject(roomOf(id));
    await runDurableObjectAlarm(roomOf(id));
    expect((await readDecision(id)).status).toBe(404);
    expect((await remove(id)).status).toBe(404);
    expect(await rowsOf(id)).toEqual([]);
  });

  it("is deleted in the end where the database is away", async () => {
    const id = await cancelledDraft();
    await env.DB.exec("ALTER TABLE decisions RENAME TO decisions_away");
    expect((await remove(id)).status).toBe(503);
    await expectLogged("room.deletion_failed", { decision: id });
    await env.DB.exec("ALTER TABLE decisions_away RENAME TO decisions");
    expect((await readDecision(id)).body.status).toBe("cancelled");
    expect((await remove(id)).status).toBe(204);
    expect(await rowsOf(id)).toEqual([]);
  });
});

describe("what is not deleted", () => {
  it("is a draft, and whatever was opened once", async () => {
    const [draft, open, cancelled] = [
      await draftDecision(),
      await openedDecision(),
      await openedDecision(),
    ];
    await takeStep(cancelled, "cancel");
    for (const id of [draft, open, cancelled]) {
      await refused("DELETE", pathOf(id), { key: adminKey }, 409, "decision.not_deletable");
      expect((await readDecision(id)).status).toBe(200);
    }
  });

  it("is another owner's", async () => {
    const id = await cancelledDraft();
    const { key } = await issueOrganiserKey("deletes-others");
    await refused("DELETE", pathOf(id), { key }, 404, "decision.not_found");
    expect((await readDecision(id)).status).toBe(200);
  });
});
