import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RoomStore } from "../../../../durable-objects/decision-room/room-store.ts";
import {
  isWaitingTold,
  tellWaiting,
  type WaitingNotice,
} from "../../../../durable-objects/decision-room/waiting-notice.ts";
import { certifyDecision } from "../../../../src/decision/lifecycle.ts";
import { versionedRegistry } from "../../../../src/platform/objects/versioned-stubs.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { LoggableError } from "../../../../src/shared/loggable-error.ts";
import { expectLogged } from "../../../support/error-lines.ts";
import { forgetBacklog } from "../../../support/worker/backlog.ts";
import { castBatch, votesOf } from "../../../support/worker/batches.ts";
import { iso, releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import { readDecision, takeStep } from "../../../support/worker/decision-calls.ts";
import { openedDecision } from "../../../support/worker/decisions.ts";
import { eventually } from "../../../support/worker/eventually.ts";
import { roomOf, shardStub } from "../../../support/worker/objects.ts";
import { openedWithRoll } from "../../../support/worker/rolls.ts";
import { makeDeafTo } from "../../../support/worker/shards.ts";

beforeEach(forgetBacklog);
afterEach(releaseClock);

const waiting = async () => (await versionedRegistry(env.REGISTRY).readBacklog()).uncertified;

async function lookAt(id: string, at: number): Promise<string> {
  stopClockAt(at);
  await runDurableObjectAlarm(roomOf(id));
  return (await readDecision(id)).body.status;
}

/** A closed decision, in a room whose registry was told nothing. */
async function closedButLate() {
  const id = await openedDecision();
  await env.DB.prepare(
    "INSERT INTO dead_letters (id, decision_id, body, cause, retries, at) VALUES (?1, ?1, 'body', 'cause', 3, 0)",
  )
    .bind(id)
    .run();
  await takeStep(id, "close");
  const closedAt = (await readDecision(id)).body.closed_at;
  return { id, closedAt: Date.parse(closedAt ?? "") };
}

describe("a decision that is over and can't be certified", () => {
  it("is told to the registry once it waits for long, and taken back with its certificate", async () => {
    const id = await openedDecision({ shards: 2 });
    await castBatch(id, votesOf(3, "yes", "north"));
    await takeStep(id, "close");
    await eventually("all rows", async () => {
      const sum = "SELECT sum(applied_seq) AS n FROM shard_progress WHERE decision_id = ?";
      return (await env.DB.prepare(sum).bind(id).first<number>("n")) === 3 ? true : null;
    });
    await env.DB.prepare(
      "INSERT INTO dead_letters (id, decision_id, body, cause, retries, at) VALUES ('w', ?, 'body', 'cause', 3, 0)",
    )
      .bind(id)
      .run();
    const closedAt = Date.now();
    expect(await lookAt(id, closedAt + limits.certificationNoticeMs / 2)).toBe("closed");
    expect(await waiting()).toBe(0);
    expect(await lookAt(id, closedAt + 2 * limits.certificationNoticeMs)).toBe("closed");
    expect(await waiting()).toBe(1);
    await env.DB.prepare("DELETE FROM dead_letters WHERE decision_id = ?").bind(id).run();
    expect(await lookAt(id, closedAt + 4 * limits.certificationNoticeMs)).toBe("certified");
    expect(await waiting()).toBe(0);
  });

  it("is told again until the registry acknowledges it, and taken back likewise", async () => {
    const { id, closedAt } = await closedButLate();
    await runInDurableObject(roomOf(id), async (_, { storage }) => {
      const store = new RoomStore(storage);
      const calls: (number | null)[] = [];
      const away = async (): Promise<void> => {
        throw new LoggableError("the registry is away");
      };
      const answers = async (_id: string, since: number | null): Promise<void> => {
        calls.push(since);
      };
      const tell = (noteUncertified: WaitingNotice["noteUncertified"]) =>
        tellWaiting({ store, noteUncertified });
      stopClockAt(closedAt + limits.certificationNoticeMs - 1);
      await tell(answers);
      expect(calls).toEqual([]);
      stopClockAt(closedAt + limits.certificationNoticeMs);
      await expect(tell(away)).rejects.toThrow("away");
      expect(isWaitingTold(store)).toBe(true);
      for (let run = 0; run < 3; run += 1) await tell(answers);
      expect(calls).toEqual([closedAt]);
      const { decision } = store;
      if (decision === null) throw new Error("the decision is gone");
      store.keepDecision(certifyDecision(decision, Date.now()));
      await expect(tell(away)).rejects.toThrow("away");
      expect(isWaitingTold(store)).toBe(true);
      for (let run = 0; run < 3; run += 1) await tell(answers);
      expect(calls).toEqual([closedAt, null]);
      expect(isWaitingTold(store)).toBe(false);
    });
  });

  it("is told where it was closed early and a shard does not give its seal", async () => {
    const id = await openedDecision({ shards: 2 });
    await makeDeafTo(shardStub(id, 1), "seal");
    const start = Date.now();
    stopClockAt(start);
    expect((await takeStep(id, "close")).status).toBe(503);
    expect(await lookAt(id, start + limits.certificationNoticeMs - 1)).toBe("closing");
    expect(await waiting()).toBe(0);
    await evictDurableObject(roomOf(id));
    expect(await lookAt(id, start + limits.certificationNoticeMs)).toBe("closing");
    expect(await waiting()).toBe(1);
    await expectLogged("room.seal_failed", { decision: id });
    await expectLogged("room.shard_no_answer", { decision: id, shard: 1 });
    await evictDurableObject(shardStub(id, 1));
    expect(await lookAt(id, start + 2 * limits.certificationNoticeMs)).toBe("closed");
    expect(await waiting()).toBe(1);
    expect(await lookAt(id, start + 4 * limits.certificationNoticeMs)).toBe("certified");
    expect(await waiting()).toBe(0);
  });

  it("is told where a silent shard holds up whether its window goes on", async () => {
    const start = Date.now();
    stopClockAt(start);
    const closesAt = start + 3_600_000;
    const id = await openedWithRoll("voter_id,region\na,north\n", {
      rule: { requirements: [{ id: "quorum", quorum: true, count: "cast", at_least: 1 }] },
      extension: { minutes: 10 },
      closes_at: iso(closesAt),
      shards: 2,
    });
    await makeDeafTo(shardStub(id, 1), "pause");
    expect(await lookAt(id, closesAt + limits.certificationNoticeMs - 1)).toBe("open");
    expect(await waiting()).toBe(0);
    expect(await lookAt(id, closesAt + limits.certificationNoticeMs)).toBe("open");
    expect(await waiting()).toBe(1);
    await expectLogged("room.extension_failed", { decision: id });
    await expectLogged("room.shard_no_answer", { decision: id, shard: 1 });
    await evictDurableObject(shardStub(id, 1));
    expect(await lookAt(id, closesAt + 2 * limits.certificationNoticeMs)).toBe("closed");
    expect(await waiting()).toBe(1);
    expect(await lookAt(id, closesAt + 4 * limits.certificationNoticeMs)).toBe("certified");
    expect(await waiting()).toBe(0);
  });
});
