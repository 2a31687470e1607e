import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import type { HomeObject, HomeStub } from "../../../support/worker/shards.ts";
import { castBatch, votesOf } from "../../../support/worker/batches.ts";
import { amendDecision, takeStep } from "../../../support/worker/decision-calls.ts";
import { openedDecision } from "../../../support/worker/decisions.ts";
import { eventually } from "../../../support/worker/eventually.ts";
import { roomOf, shardStub } from "../../../support/worker/objects.ts";
import { refused } from "../../../support/worker/problems.ts";
import { readAfresh } from "../../../support/worker/results.ts";
import { draftWithRoll, putRoll } from "../../../support/worker/rolls.ts";
import { openSocket } from "../../../support/worker/socket.ts";
import { adminKey } from "../../../support/worker/api.ts";
import { limits } from "../../../../src/shared/limits.ts";

const crowd = limits.roomWithShardWatchersMax + 1;
const roll = "voter_id,region\nada,north\nben,south\n";

function tablesIn(stub: HomeStub): Promise<unknown[]> {
  return runInDurableObject<HomeObject, unknown[]>(stub, (_, { storage }) =>
    storage.sql
      .exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '_cf_%' ORDER BY name")
      .toArray()
      .map(({ name }) => name),
  );
}

describe("a decision that expects a crowd of watchers", () => {
  it("has its only shard in an object of its own, and goes through its life as any other", async () => {
    const id = await openedDecision({ expected_watchers: crowd });
    const socket = await openSocket(id);
    await socket.next();
    await castBatch(id, votesOf(3, "yes", "north"));
    expect(await tablesIn(roomOf(id))).toEqual(["audit_log"]);
    expect(await tablesIn(shardStub(id, 0))).toContain("log");
    await runDurableObjectAlarm(shardStub(id, 0));
    expect(await socket.next()).toMatchObject({ type: "delta", total: { ballots: 3 } });
    socket.close();
    await eventually("the confirmation", async () =>
      (await shardStub(id, 0).outboxProgress()).confirmedSeq === 3 ? true : null,
    );
    await takeStep(id, "close");
    expect((await readAfresh(id)).body).toMatchObject({ final: true, total: { ballots: 3 } });
  });

  it("has it in its room up to the limit", async () => {
    const id = await openedDecision({ expected_watchers: crowd - 1 });
    await castBatch(id, votesOf(3, "yes", "north"));
    expect(await tablesIn(roomOf(id))).toContain("log");
    expect(await tablesIn(shardStub(id, 0))).toEqual([]);
  });

  it("does not open with a roll that was imported into the room before, and takes it anew", async () => {
    const id = await draftWithRoll(roll);
    await amendDecision(id, { expected_watchers: crowd });
    const path = `/api/v1/decisions/${id}/open`;
    await refused("POST", path, { key: adminKey }, 409, "roll.outdated");
    expect((await putRoll(id, roll)).status).toBe(200);
    expect((await takeStep(id, "open")).status).toBe(200);
    const { body } = await castBatch(id, [{ voter_id: "ada", vote: "yes" }]);
    expect(body.accepted).toBe(1);
    expect(await tablesIn(roomOf(id))).toEqual(["audit_log"]);
  });

  it("may not be more than a room admits", async () => {
    const id = await draftWithRoll(roll);
    const body = { expected_watchers: limits.expectedWatchersMax + 1 };
    const path = `/api/v1/decisions/${id}`;
    await refused("PATCH", path, { key: adminKey, body }, 400, "body.invalid");
  });
});
