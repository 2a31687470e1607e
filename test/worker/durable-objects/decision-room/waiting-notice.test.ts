import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { versionedRegistry } from "../../../../src/platform/objects/versioned-stubs.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { forgetBacklog } from "../../../support/worker/backlog.ts";
import { castBatch, votesOf } from "../../../support/worker/batches.ts";
import { releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import { readDecision, takeStep } from "../../../support/worker/decision-calls.ts";
import { openedDecision } from "../../../support/worker/decisions.ts";
import { eventually } from "../../../support/worker/eventually.ts";
import { roomOf } from "../../../support/worker/objects.ts";

beforeEach(forgetBacklog);
afterEach(releaseClock);

const waiting = async () => (await versionedRegistry(env.REGISTRY).readBacklog()).uncertified;

async function lookAt(id: string, at: number): Promise<string> {
  stopClockAt(at);
  await runDurableObjectAlarm(roomOf(id));
  return (await readDecision(id)).body.status;
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
});
