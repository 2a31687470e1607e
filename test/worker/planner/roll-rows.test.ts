import { runInDurableObject } from "cloudflare:test";
import { expect, it } from "vitest";
import { ShardRolls } from "../../../durable-objects/ballot-shard/shard-rolls.ts";
import { bytesARollVoter } from "../../../src/planner/sizes.ts";
import { MeteredStorage } from "../../support/worker/metered-storage.ts";
import { newPid, random } from "../../support/worker/metered-shard.ts";
import { unopenedShard } from "../../support/worker/shards.ts";

const rows = 5_000;

it("a voter on a roll is a row of its shard, of as many bytes as a plan says", async () => {
  await runInDurableObject(unopenedShard("an object of its own"), (_, { storage }) => {
    const metered = new MeteredStorage(storage);
    const rolls = new ShardRolls(metered);
    const next = random();
    const before = { bytes: storage.sql.databaseSize, rows: metered.rowsWritten };
    for (let batch = 0; batch < 10; batch += 1) {
      const voters = Array.from({ length: rows / 10 }, () => [newPid(next), "weser-lower", 1]);
      rolls.load({ number: 1, inForce: null }, JSON.stringify(voters));
    }
    const bytes = (storage.sql.databaseSize - before.bytes) / rows;
    expect((metered.rowsWritten - before.rows) / rows).toBeCloseTo(1, 1);
    expect(bytes).toBeGreaterThan(bytesARollVoter / 2);
    expect(bytes).toBeLessThanOrEqual(bytesARollVoter);
  });
});
