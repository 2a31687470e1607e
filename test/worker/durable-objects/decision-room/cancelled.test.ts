import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { expectLogged } from "../../../support/error-lines.ts";
import { castBatch, votesOf } from "../../../support/worker/batches.ts";
import { readDecision, takeStep } from "../../../support/worker/decision-calls.ts";
import { openedDecision } from "../../../support/worker/decisions.ts";
import { eventually } from "../../../support/worker/eventually.ts";
import { roomOf, shardStub } from "../../../support/worker/objects.ts";
import { draftWithRoll } from "../../../support/worker/rolls.ts";
import { makeDeafTo } from "../../../support/worker/shards.ts";

/** Evicts a room whose alarm the platform has given up. */
async function loseAlarm(id: string): Promise<void> {
  await runInDurableObject(roomOf(id), (_, { storage }) => storage.deleteAlarm());
  await evictDurableObject(roomOf(id));
}

describe("a cancelled decision", () => {
  it("goes on until every shard is sealed, after a restart and a lost alarm, once somebody looks", async () => {
    const id = await openedDecision({ shards: 2 });
    await castBatch(id, votesOf(8, "yes", "north"));
    await makeDeafTo(shardStub(id, 1), "seal");
    expect((await takeStep(id, "cancel")).body).toMatchObject({ status: "cancelled" });
    await expectLogged("room.shard_no_answer", { decision: id, shard: 1 });
    await expectLogged("room.seal_failed", { decision: id });
    await loseAlarm(id);
    await evictDurableObject(shardStub(id, 1));
    expect((await shardStub(id, 1).snapshot()).isSealed).toBe(false);

    expect((await readDecision(id)).body.status).toBe("cancelled");
    await eventually("the seal", async () =>
      (await shardStub(id, 1).snapshot()).isSealed ? true : null,
    );
    expect((await shardStub(id, 0).snapshot()).isSealed).toBe(true);
  });

  it("has no alarm any more once every shard is sealed and the search index told, however often it is looked at", async () => {
    const id = await openedDecision({ shards: 2 });
    await takeStep(id, "cancel");
    await runDurableObjectAlarm(roomOf(id));
    await loseAlarm(id);
    expect((await readDecision(id)).body.status).toBe("cancelled");
    const alarm = await runInDurableObject(roomOf(id), (_, { storage }) => storage.getAlarm());
    expect(alarm).toBeNull();
  });

  it("goes on until no shard has its roll, after a restart and a lost alarm", async () => {
    const roll = "voter_id,region\nada,north\nben,south\ncy,south\ndi,north\n";
    const id = await draftWithRoll(roll, { shards: 2 });
    await makeDeafTo(shardStub(id, 1), "dropRolls");
    await takeStep(id, "cancel");
    await expectLogged("room.rolls_not_dropped", { decision: id });
    await loseAlarm(id);
    await evictDurableObject(shardStub(id, 1));
    expect((await readDecision(id)).body.status).toBe("cancelled");
    await eventually("the mark", async () =>
      (await runInDurableObject(roomOf(id), (_, { storage }) =>
        storage.kv.get("rolls_dropped"),
      )) === 1
        ? true
        : null,
    );
  });
});
