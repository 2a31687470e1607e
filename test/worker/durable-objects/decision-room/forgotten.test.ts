import { env } from "cloudflare:workers";
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it } from "vitest";
import { allowLogged, expectLogged } from "../../../support/error-lines.ts";
import { adminKey, api } from "../../../support/worker/api.ts";
import { castBatch, votesOf } from "../../../support/worker/batches.ts";
import { releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import { decisionsPath, readDecision, takeStep } from "../../../support/worker/decision-calls.ts";
import { tokenFor } from "../../../support/worker/decisions.ts";
import { failNthWrite, letWritesSucceed } from "../../../support/worker/failing-writes.ts";
import { roomOf, shardStub } from "../../../support/worker/objects.ts";
import { draftWithRoll } from "../../../support/worker/rolls.ts";
import {
  certifyNow,
  drainNow,
  restartAll,
  type Lived,
} from "../../../support/worker/whole-life.ts";

afterEach(() => {
  letWritesSucceed();
  releaseClock();
});

const aDay = 86_400_000;
const voters = 6;
const roll = `voter_id,region\n${Array.from({ length: voters }, (_, index) => `voter-${index},north\n`).join("")}`;

/** A certified decision with a roll whose votes, some of them changed, are kept for a day. */
async function certified(shards: number, retention: { days: number } | null): Promise<Lived> {
  const policy = { revote_policy: "revisable", ends_early: "by_organiser" };
  const id = await draftWithRoll(roll, { ...policy, shards, retention });
  const lived = { id, shards };
  await takeStep(id, "open");
  for (let times = 0; times < 2; times += 1) await tokenFor(id, "voter-0", { region: "" });
  const login = { name: "subject of a login", value: "voter of a login" };
  const home = shards === 1 ? roomOf(id) : shardStub(id, 1);
  const once = { digest: "digest of a login", until: Date.now() + 600_000 };
  expect(await home.useLogin({ bindings: [login], once })).toBe("kept");
  await castBatch(id, votesOf(voters, "yes", "north", "voter"));
  await castBatch(id, votesOf(2, "no", "north", "voter"));
  await drainNow(lived);
  await takeStep(id, "close");
  expect(await certifyNow(id)).toBe("certified");
  return lived;
}

type ShownTimes = { certified_at: string; forgotten_at: string | null };

async function timesOf(id: string): Promise<ShownTimes> {
  // Readers share one read a second, and this test moves the clock by a millisecond.
  return (await api<ShownTimes>("GET", `${decisionsPath}/${id}`, { afresh: true })).body;
}

async function wait(id: string, ms: number): Promise<void> {
  stopClockAt(Date.parse((await timesOf(id)).certified_at) + ms);
}

function homesOf({ id, shards }: Lived): DurableObjectStub[] {
  const apart = Array.from({ length: shards }, (_, shard) => shardStub(id, shard));
  return shards === 1 ? [roomOf(id)] : [roomOf(id), ...apart];
}

/** All that the decision's objects keep, in words: keys and values, and the rows of their tables. */
async function keptOf(lived: Lived): Promise<string> {
  const kept = await Promise.all(
    homesOf(lived).map((stub) =>
      runInDurableObject(stub, (_, { storage }) => {
        const names = storage.sql
          .exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
          .toArray()
          .map(({ name }) => name)
          .filter((name) => !name.startsWith("_cf"));
        const rows = names.map((name) => storage.sql.exec(`SELECT * FROM ${name}`).toArray());
        return JSON.stringify([[...storage.kv.list()], rows], (_key, value: unknown) =>
          value instanceof Uint8Array ? [...value].join() : value,
        );
      }),
    ),
  );
  return kept.join("\n");
}

async function pidsOf(id: string): Promise<string[]> {
  const rows = env.DB.prepare("SELECT DISTINCT pid FROM votes WHERE decision_id = ?").bind(id);
  return (await rows.all<{ pid: string }>()).results.map(({ pid }) => pid);
}

const keyOf = async (id: string) => (await roomOf(id).voterKey())?.decisionKey;

async function countIn(table: string, id: string): Promise<unknown> {
  const count = env.DB.prepare(`SELECT count(*) AS rows FROM ${table} WHERE decision_id = ?`);
  return (await count.bind(id).first<{ rows: number }>())?.rows;
}

/** What is asked of a decision for ever. */
async function readForGood(id: string): Promise<unknown[]> {
  const paths = ["", "/outcome", "/results", "/results/regions/north"];
  const answers = await Promise.all(
    paths.map((path) => api("GET", `${decisionsPath}/${id}${path}`)),
  );
  return answers.map(({ status, body }) => [status, { ...body, forgotten_at: null, age_ms: 0 }]);
}

async function auditActionsOf(id: string): Promise<string[]> {
  const { body } = await api<{ entries: { action: string }[] }>(
    "GET",
    `${decisionsPath}/${id}/audit-log`,
    { key: adminKey },
  );
  return body.entries.map(({ action }) => action);
}

async function expectForgotten(lived: Lived, pids: readonly string[], key: string) {
  const { id } = lived;
  const kept = await keptOf(lived);
  for (const pid of pids) expect(kept).not.toContain(pid);
  expect(kept).not.toContain(key);
  expect(kept).not.toContain("of a login");
  for (const table of ["votes", "shard_progress", "dead_letters"])
    expect([table, await countIn(table, id)]).toEqual([table, 0]);
  const actions = await auditActionsOf(id);
  expect(actions.slice(-2)).toEqual(["decision.forgetting_begun", "decision.forgotten"]);
  expect(actions.filter((action) => action.includes("forg"))).toHaveLength(2);
}

describe("a certified decision with a retention", () => {
  it.each([1, 2])(
    "forgets keys, roll and ballots when its time has come, in %i shards",
    async (shards) => {
      const lived = await certified(shards, { days: 1 });
      const { id } = lived;
      const [pids, key, before] = [
        await pidsOf(id),
        (await keyOf(id))?.join() ?? "",
        await readForGood(id),
      ];
      expect(pids).toHaveLength(voters);
      expect(await keptOf(lived)).toContain(pids[0]);
      expect(await keptOf(lived)).toContain(key);

      await wait(id, aDay - 1);
      await runDurableObjectAlarm(roomOf(id));
      expect((await timesOf(id)).forgotten_at).toBeNull();
      expect(await pidsOf(id)).toEqual(pids);

      await wait(id, aDay);
      await runDurableObjectAlarm(roomOf(id));
      expect((await timesOf(id)).forgotten_at).toBe(new Date(Date.now()).toISOString());
      await expectForgotten(lived, pids, key);
      expect(await readForGood(id)).toEqual(before);

      await restartAll(lived);
      await expectForgotten(lived, pids, key);
      expect(await readForGood(id)).toEqual(before);
      const record = `/api/v1/decisions/${id}/audit/shards/0/ballots`;
      const gone = await api<{ code: string }>("GET", record, { key: adminKey });
      expect([gone.status, gone.body.code]).toEqual([410, "decision.forgotten"]);
      const secret = "s".repeat(43);
      const asked: [path: string, key: string, body: object][] = [
        ["tokens/exchange", "a.b.c", { secret }],
        ["tokens/revoke", adminKey, { voter_ids: ["voter-0"] }],
        ["tokens", adminKey, { voters: [{ voter_id: "voter-0" }] }],
      ];
      for (const [path, credential, body] of asked) {
        const ask = { key: credential, body };
        const answer = await api<{ code: string }>("POST", `${decisionsPath}/${id}/${path}`, ask);
        expect([path, answer.status, answer.body.code]).toEqual([path, 410, "decision.forgotten"]);
      }
      // What was published stays.
      expect((await api("GET", `${decisionsPath}/${id}/votes`)).status).toBe(200);
    },
  );

  it("sets its alarm for then, and none where it keeps everything", async () => {
    const alarmOf = (id: string) =>
      runInDurableObject(roomOf(id), (_, { storage }) => storage.getAlarm());
    const { id } = await certified(1, { days: 30 });
    expect(await alarmOf(id)).toBe(Date.parse((await timesOf(id)).certified_at) + 30 * aDay);
    expect(await alarmOf((await certified(1, null)).id)).toBeNull();
  });

  it("goes on where a database was away and all objects began anew in the middle", async () => {
    const lived = await certified(2, { days: 1 });
    const { id } = lived;
    const [pids, key] = [await pidsOf(id), (await keyOf(id))?.join() ?? ""];
    await env.DB.exec("ALTER TABLE votes RENAME TO votes_away");
    await wait(id, aDay);
    await runDurableObjectAlarm(roomOf(id));
    await expectLogged("room.forgetting_failed", { decision: id });
    expect((await timesOf(id)).forgotten_at).toBeNull();
    await restartAll(lived);
    await env.DB.exec("ALTER TABLE votes_away RENAME TO votes");
    await runDurableObjectAlarm(roomOf(id));
    expect((await timesOf(id)).forgotten_at).not.toBeNull();
    await expectForgotten(lived, pids, key);
  });

  it.each([1, 2])("goes on whichever write has failed, in %i shards", async (shards) => {
    const events = ["room.forgetting_failed", "room.projection_failed", "room.search_not_told"];
    for (const event of events) allowLogged(event, {});
    let writes = 0;
    for (let nth = 1; ; nth += 1) {
      const lived = await certified(shards, { days: 1 });
      const { id } = lived;
      const [pids, key] = [await pidsOf(id), (await keyOf(id))?.join() ?? ""];
      await wait(id, aDay);
      const fault = await failNthWrite(nth);
      await runDurableObjectAlarm(roomOf(id)).catch(() => {});
      letWritesSucceed();
      await restartAll(lived);
      for (let tries = 0; tries < 3; tries += 1) {
        stopClockAt(Date.now() + 60_000);
        await runDurableObjectAlarm(roomOf(id));
      }
      expect((await readDecision(id)).status, `write ${nth}: ${fault.failed}`).toBe(200);
      await expectForgotten(lived, pids, key);
      releaseClock();
      if (fault.failed === null) break;
      writes = nth;
    }
    expect(writes).toBeGreaterThan(5);
  });
});
