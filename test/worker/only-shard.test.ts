import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { castBatch, votesOf } from "../support/worker/batches.ts";
import { takeStep } from "../support/worker/decision-calls.ts";
import { draftDecision, openedDecision } from "../support/worker/decisions.ts";
import { eventually } from "../support/worker/eventually.ts";
import { roomOf, shardStub } from "../support/worker/objects.ts";
import { recordOf } from "../support/worker/record.ts";
import { readAfresh } from "../support/worker/results.ts";
import { putRoll } from "../support/worker/rolls.ts";
import { castOn, type HomeObject, type HomeStub } from "../support/worker/shards.ts";

function tablesIn(stub: HomeStub): Promise<unknown[]> {
  return runInDurableObject<HomeObject, unknown[]>(stub, (_, { storage }) =>
    storage.sql
      .exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '_cf_%' ORDER BY name")
      .toArray()
      .map(({ name }) => name),
  );
}

/** Makes a draft one that was kept before a room could have a shard in it. */
async function keepAsBefore(id: string): Promise<void> {
  await runInDurableObject(roomOf(id), (_, { storage }) => {
    const { onlyShardHome: _home, ...kept } =
      storage.kv.get<Record<string, unknown>>("decision") ?? {};
    storage.kv.put("decision", kept);
  });
  await evictDurableObject(roomOf(id));
}

describe("a decision of one shard", () => {
  it("is one object: ballots are in its room, and no other object has anything", async () => {
    const id = await openedDecision();
    await castBatch(id, votesOf(3, "yes", "north"));
    expect(await recordOf(id)).toHaveLength(3);
    expect(await tablesIn(roomOf(id))).toEqual(["acts", "log", "outbox", "state", "voters"]);
    expect(await tablesIn(shardStub(id, 0))).toEqual([]);
  });

  it("shows the last vote at once, without a report", async () => {
    const id = await openedDecision();
    for (const [index, voter] of ["a", "b", "c"].entries()) {
      await castBatch(id, votesOf(1, "yes", "north", voter));
      const result = await roomOf(id).result();
      expect(result).toMatchObject({ total: { figures: { yes: { ballots: index + 1 } } } });
    }
  });

  it("writes nothing of a shard before it is opened", async () => {
    const id = await draftDecision();
    await castBatch(id, votesOf(1, "yes", "north"));
    expect(await tablesIn(roomOf(id))).toEqual(["acts"]);
  });

  it("goes on with ballots, seal and result after an eviction between any two steps", async () => {
    const id = await openedDecision();
    await castBatch(id, votesOf(2, "yes", "north", "a"));
    await evictDurableObject(roomOf(id));
    await castBatch(id, votesOf(2, "no", "south", "b"));
    await evictDurableObject(roomOf(id));
    expect((await readAfresh(id)).body.total.ballots).toBe(4);
    await takeStep(id, "close");
    await evictDurableObject(roomOf(id));
    expect((await castBatch(id, votesOf(1, "yes", "north", "c"))).body).toMatchObject({
      results: [{ code: "decision.closed" }],
    });
    expect((await readAfresh(id)).body).toMatchObject({ final: true, total: { ballots: 4 } });
  });

  it("that was drafted before rooms had shards has an object for it, with its roll and its ballots", async () => {
    const id = await draftDecision({ electorate: "roll" });
    await keepAsBefore(id);
    await putRoll(id, "voter_id,region\nana,north\nben,south\n");
    await takeStep(id, "open");
    expect(await tablesIn(shardStub(id, 0))).toContain("roll_1");
    await castBatch(id, [{ voter_id: "ana", vote: "yes" }]);
    expect(await recordOf(id)).toHaveLength(1);
    expect(await tablesIn(roomOf(id))).toEqual(["acts"]);
    await eventually("the confirmation", async () =>
      (await shardStub(id, 0).outboxProgress()).confirmedSeq === 1 ? true : null,
    );
    await takeStep(id, "close");
    const closed = await castOn(shardStub(id, 0), [
      { pid: "a".repeat(22), choice: "yes", region: "north", weight: 1, requestKey: null },
    ]);
    expect(closed).toMatchObject([{ code: "decision.closed" }]);
    expect((await readAfresh(id)).body).toMatchObject({ final: true, total: { ballots: 1 } });
  });
});

describe("the writer's confirmation", () => {
  it("reaches the shard in the room", async () => {
    const id = await openedDecision();
    await castBatch(id, votesOf(3, "yes", "north"));
    await eventually("the confirmation", async () =>
      (await roomOf(id).outboxProgress()).confirmedSeq === 3 ? true : null,
    );
  });

  it("reaches each of several shards", async () => {
    const id = await openedDecision({ shards: 2 });
    await castBatch(id, votesOf(12, "yes", "north"));
    for (const shard of [0, 1]) {
      const { seq } = await shardStub(id, shard).snapshot();
      expect(seq).toBeGreaterThan(0);
      await eventually("the confirmation", async () =>
        (await shardStub(id, shard).outboxProgress()).confirmedSeq === seq ? true : null,
      );
    }
  });
});
