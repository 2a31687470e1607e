import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it } from "vitest";
import { RoomStore } from "../../../../durable-objects/decision-room/room-store.ts";
import { emptyRegionTally } from "../../../../src/ballot/tally.ts";
import type { ShardSnapshot } from "../../../../src/results/shard-snapshot.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { expectLogged } from "../../../support/error-lines.ts";
import { castBatch, votesOf } from "../../../support/worker/batches.ts";
import { takeStep } from "../../../support/worker/decision-calls.ts";
import { openedDecision } from "../../../support/worker/decisions.ts";
import {
  failNextWrite,
  letWritesSucceed,
  writeFault,
} from "../../../support/worker/failing-writes.ts";
import { roomOf } from "../../../support/worker/objects.ts";

afterEach(letWritesSucceed);

/** The seals that a room's storage holds, whatever the object in memory believes. */
function sealedShards(decisionId: string): Promise<number[]> {
  return runInDurableObject(roomOf(decisionId), (_, { storage }) =>
    [...new RoomStore(storage).seals.keys()].toSorted((a, b) => a - b),
  );
}

function widestSeal(shard: number): ShardSnapshot {
  const count = { ballots: 2_000_000, weight: 2n * 10n ** 18n };
  const cell = { ...emptyRegionTally(), yes: count, no: count, abstain: count };
  const regions = Array.from({ length: limits.regionsMax }, (_, index) =>
    String(index).padStart(limits.regionCodeCharactersMax, "界"),
  );
  const tally = new Map(regions.map((region) => [region, cell]));
  return { shard, seq: 6_000_000, tally, takenAt: Date.now(), isSealed: true };
}

describe("the seals of a decision's shards", () => {
  it("are not known to a room that could not write them, and are written by the next close", async () => {
    const id = await openedDecision({ shards: 2 });
    await castBatch(id, votesOf(3, "yes", "north"));
    await failNextWrite((write) => /^put seal[s/]/.test(write));
    expect((await takeStep(id, "close")).status).toBe(503);
    await expectLogged("room.seal_failed", { cause: `Error: ${writeFault}`, decision: id });
    expect((await takeStep(id, "close")).body.status).toBe("closed");
    expect(await sealedShards(id)).toEqual([0, 1]);
    await evictDurableObject(roomOf(id));
    expect(await sealedShards(id)).toEqual([0, 1]);
  });

  it("are kept of as many shards and regions as a decision may have", async () => {
    const id = await openedDecision();
    await runInDurableObject(roomOf(id), (_, { storage }) => {
      const seals = Array.from({ length: limits.shardsMax }, (_each, shard) => widestSeal(shard));
      new RoomStore(storage).keepSeals(seals);
      expect(new RoomStore(storage).seals.size).toBe(limits.shardsMax);
    });
  });

  it("stand before a decision is said to have closed", async () => {
    const id = await openedDecision({ shards: 2 });
    await runInDurableObject(roomOf(id), (_, { storage }) => {
      const store = new RoomStore(storage);
      const { decision } = store;
      if (decision === null) throw new Error("it was created");
      store.keepSeals([widestSeal(0)]);
      const closed = { ...decision, status: "closed" } as const;
      expect(() => store.keepDecision(closed)).toThrow("what is closed has its shards' seals");
      expect(store.decision?.status).toBe("open");
    });
  });
});
