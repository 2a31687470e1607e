import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import { limits } from "../../../../src/shared/limits.ts";
import { adminKey, api } from "../../../support/worker/api.ts";
import { castBatch, votesOf } from "../../../support/worker/batches.ts";
import { releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import { readDecision, takeStep } from "../../../support/worker/decision-calls.ts";
import { draftDecision, openedDecision } from "../../../support/worker/decisions.ts";
import { eventually } from "../../../support/worker/eventually.ts";
import { expectLogged } from "../../../support/error-lines.ts";
import { roomOf, runRoomAlarm, shardStub } from "../../../support/worker/objects.ts";
import {
  checkNow,
  firstCheck,
  readStatus,
  recordChecked,
  statesOf,
  type CheckedBody,
} from "../../../support/worker/status.ts";

afterEach(releaseClock);

const allAgree = { tallied: "agrees", stored: "agrees", published: "later" };

/** An open decision of so many votes, all of which the database has confirmed. */
async function storedDecision(
  draft: { shards?: number; visibility?: string },
  votes: number,
): Promise<string> {
  const id = await openedDecision(draft);
  await castBatch(id, votesOf(votes, "yes", "north"));
  const { shards = 1 } = draft;
  const hosts = shards === 1 ? [roomOf(id)] : [0, 1].map((shard) => shardStub(id, shard));
  await eventually("all confirmed", async () => {
    const progress = await Promise.all(hosts.map((host) => host.outboxProgress()));
    const confirmed = progress.reduce((sum, { confirmedSeq }) => sum + confirmedSeq, 0);
    return confirmed === votes ? true : null;
  });
  return id;
}

function removeOne(id: string): Promise<unknown> {
  const row = "SELECT max(seq) FROM votes WHERE decision_id = ?1 AND shard = 0";
  const remove = `DELETE FROM votes WHERE decision_id = ?1 AND shard = 0 AND seq = (${row})`;
  return env.DB.prepare(remove).bind(id).run();
}

async function insertRow(row: Record<string, unknown>): Promise<void> {
  const names = Object.keys(row);
  const places = names.map(() => "?").join();
  const insert = `INSERT OR IGNORE INTO votes (${names.join()}) VALUES (${places})`;
  await env.DB.prepare(insert)
    .bind(...Object.values(row))
    .run();
}

async function certifiedDecision(votes: number): Promise<string> {
  const id = await storedDecision({}, votes);
  await takeStep(id, "close");
  await eventually("certified", async () =>
    (await readDecision(id)).body.status === "certified" ? true : null,
  );
  return id;
}

describe("the status", () => {
  it("says nothing of a draft, and of an opened decision that all agrees", async () => {
    const draft = await draftDecision();
    expect(await checkNow(draft)).toBeNull();
    const id = await storedDecision({ shards: 2 }, 5);
    const check = await firstCheck(id);
    expect(statesOf(check)).toEqual(allAgree);
    expect(check).toMatchObject({ state: "agrees", shows: "counts", accepted: 5 });
    const status = await readStatus();
    expect(status).toMatchObject({ state: "ok", ready: true, api_version: "v1", causes: [] });
    expect(await checkNow(draft)).toBeNull();
  });

  it.each([1, 2])(
    "is broken while a row is gone from the database, of %i shards",
    async (shards) => {
      const id = await storedDecision({ shards }, 9);
      const kept = await env.DB.prepare("SELECT * FROM votes WHERE decision_id = ?").bind(id).all();
      expect(await firstCheck(id)).toMatchObject({ state: "agrees" });
      await removeOne(id);
      const check = await checkNow(id);
      expect(check && statesOf(check)).toEqual({ ...allAgree, stored: "broken" });
      expect((await readStatus()).state).toBe("broken");
      for (const row of kept.results) await insertRow(row);
      expect(await checkNow(id)).toMatchObject({ state: "agrees" });
    },
  );

  it("is broken where the database has forgotten how far it was", async () => {
    const id = await storedDecision({}, 3);
    expect(await firstCheck(id)).toMatchObject({ state: "agrees" });
    await env.DB.prepare("DELETE FROM shard_progress WHERE decision_id = ?").bind(id).run();
    expect(await checkNow(id)).toMatchObject({ state: "broken" });
    await api("POST", `/api/v1/decisions/${id}/rebuild`, { key: adminKey });
    await eventually("mended", async () => {
      const check = await checkNow(id);
      return check?.state === "agrees" ? check : null;
    });
  });

  it("is not checked once the last check is too old, and never green by what it was", async () => {
    const id = await storedDecision({}, 2);
    const { checked_at } = await firstCheck(id);
    stopClockAt(Date.parse(checked_at) + limits.checkFreshMs);
    const find = async () => {
      const { state, decisions } = await readStatus();
      return [state, decisions.find(({ decision_id }) => decision_id === id)?.state];
    };
    expect((await find())[1]).toBe("agrees");
    stopClockAt(Date.parse(checked_at) + limits.checkFreshMs + 1);
    expect(await find()).toEqual(["not_checked", "not_checked"]);
  });

  it("says of a rehearsal that it is one", async () => {
    const ids = [await openedDecision({ rehearsal: true }), await openedDecision()];
    const checks = [];
    for (const id of ids) checks.push((await firstCheck(id)).rehearsal);
    expect(checks).toEqual([true, false]);
  });

  it("shows no number of a sealed decision, and that it was checked", async () => {
    const id = await storedDecision({ visibility: "sealed" }, 4);
    const check = await firstCheck(id);
    expect(check).toMatchObject({ state: "agrees", shows: "nothing", accepted: null });
    expect(check.checks_a_round).toBeNull();
    await removeOne(id);
    expect(await checkNow(id)).toMatchObject({ state: "broken", accepted: null });
  });

  it("follows a decision to its certification, and for a day after it", async () => {
    const id = await storedDecision({ shards: 2 }, 6);
    await takeStep(id, "close");
    await eventually("certified", async () =>
      (await readDecision(id)).body.status === "certified" ? true : null,
    );
    const check = await firstCheck(id);
    expect(statesOf(check)).toEqual({ tallied: "agrees", stored: "agrees", published: "agrees" });
    expect(check).toMatchObject({ accepted: 6, checks_a_round: 1 });
    const { certified_at } = check;
    stopClockAt(Date.parse(certified_at ?? "") + limits.checkedAfterMs);
    expect(await checkNow(id)).not.toBeNull();
    stopClockAt(Date.parse(certified_at ?? "") + limits.checkedAfterMs + 1);
    expect(await checkNow(id)).toBeNull();
  });

  it("is broken while the database has a ballot that the sealed record has not", async () => {
    const id = await certifiedDecision(4);
    expect(await firstCheck(id)).toMatchObject({ state: "agrees" });
    const { results } = await env.DB.prepare("SELECT * FROM votes WHERE decision_id = ? LIMIT 1")
      .bind(id)
      .all();
    const row: Record<string, unknown> = { ...results[0], seq: 99 };
    if ("vote_id" in row) row["vote_id"] = crypto.randomUUID();
    await insertRow(row);
    expect(statesOf((await checkNow(id)) as CheckedBody)).toMatchObject({ stored: "broken" });
  });

  it("goes on being broken for longer than a day, until it is mended", async () => {
    const id = await certifiedDecision(3);
    const { certified_at } = await firstCheck(id);
    const kept = await env.DB.prepare("SELECT * FROM votes WHERE decision_id = ?").bind(id).all();
    await removeOne(id);
    stopClockAt(Date.parse(certified_at ?? "") + limits.checkedAfterMs + 1);
    expect(await checkNow(id)).toMatchObject({ state: "broken" });
    expect(await checkNow(id)).toMatchObject({ state: "broken" });
    for (const row of kept.results) await insertRow(row);
    expect(await checkNow(id)).toBeNull();
  });

  it("is what the newest check found, also where an older one ends after it", async () => {
    const id = await storedDecision({}, 1);
    await firstCheck(id);
    const registry = env.REGISTRY.getByName("registry");
    const { checks } = await registry.readChecks(limits.listedChecksMax);
    const check = checks.find(({ decisionId }) => decisionId === id);
    if (check === undefined) throw new Error("there is no check");
    const keep = async (checkedAt: number, accepted: number) => {
      const found = { check: { ...check, checkedAt, accepted }, next: { shard: 0, seq: 0 } };
      await registry.keepChecks([{ decisionId: id, found }]);
      const { decisions } = await readStatus();
      return decisions.find(({ decision_id }) => decision_id === id)?.accepted;
    };
    expect(await keep(check.checkedAt + 2, 12)).toBe(12);
    expect(await keep(check.checkedAt + 1, 11)).toBe(12);
  });

  it("is not checked where a room has forgotten that it was opened", async () => {
    const id = await draftDecision();
    await recordChecked(id);
    await expectLogged("room.check_failed");
    expect((await readStatus()).decisions.map(({ decision_id }) => decision_id)).not.toContain(id);
    const due = await env.REGISTRY.getByName("registry").listChecksDue(1_000);
    expect(due.map(({ decisionId }) => decisionId)).toContain(id);
    await env.REGISTRY.getByName("registry").keepChecks([{ decisionId: id, found: "over" }]);
  });

  it("says that a closed decision waits for what is missing of it", async () => {
    const id = await openedDecision();
    await castBatch(id, votesOf(2, "no", "south"));
    await takeStep(id, "close");
    await runRoomAlarm(id);
    const check = await firstCheck(id);
    const published = check.stages.find(({ stage }) => stage === "published");
    expect(["behind", "agrees"]).toContain(published?.state);
  });
});
