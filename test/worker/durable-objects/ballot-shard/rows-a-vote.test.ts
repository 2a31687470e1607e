import { runInDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, inject, it, vi } from "vitest";
import { ShardStore } from "../../../../durable-objects/ballot-shard/shard-store.ts";
import { shardUsage, type ShardUsage } from "../../../../src/planner/shard-usage.ts";
import { limits } from "../../../../src/shared/limits.ts";
import {
  fillShard,
  indexCycle,
  newPid,
  random,
  usageAVote,
} from "../../../support/worker/metered-shard.ts";
import { MeteredStorage } from "../../../support/worker/metered-storage.ts";
import { unopenedShard } from "../../../support/worker/shards.ts";

const voters = 1_000_000;

afterEach(() => {
  vi.useRealTimers();
});

describe("rows that a vote costs", () => {
  // Whole flushes of the index, so that each vote has its share of one.
  it.each([
    [0.01, limits.indexFlushBallots, 9],
    [0.1, limits.indexFlushBallots, 9],
    [0.3, limits.indexFlushBallots, 8],
    [1, limits.indexFlushBallots, 6],
    [3, limits.indexFlushBallots, 5],
    [10, limits.indexFlushBallots, 3],
    [20, limits.indexFlushBallots, 2.5],
    [30, limits.indexFlushBallots, 2],
    [50, limits.indexFlushBallots, 1.5],
    [70, limits.indexFlushBallots, 1],
    [100, 2 * limits.indexFlushBallots, 0.75],
    [156, 4 * limits.indexFlushBallots, 0.6],
    [500, 4 * limits.indexFlushBallots, 0.35],
    [1_000, 4 * limits.indexFlushBallots, 0.25],
  ])("at %d a second in a shard of a million voters are few", async (perSecond, votes, most) => {
    const found = await runInDurableObject(
      unopenedShard("an object of its own"),
      (_, { storage }) => usageAVote(storage, { votesPerSecond: perSecond, votes, voters }),
    );
    if (inject("printRows")) {
      const figures = Object.entries(found).map(([name, each]) => `${name} ${each.toFixed(4)}`);
      console.log(`${perSecond} votes a second and shard, each: ${figures.join(", ")}`);
    }
    expect(found.rowsWritten).toBeLessThanOrEqual(most);
    expect(found.rowsWritten).toBeGreaterThan(0.1);
    // Whoever votes minutes after the vote before is never drained with it.
    if (perSecond < 0.1) expect(found.records).toBeGreaterThan(0.98);
    // What prices rest on.
    const stated = shardUsage.get(perSecond);
    for (const [name, each] of Object.entries(found)) {
      expect([name, each.toFixed(4)]).toEqual([
        name,
        stated?.[name as keyof ShardUsage].toFixed(4),
      ]);
    }
  });
});

describe("rows that an object reads when it wakes", () => {
  it("are the state's and the log's last, and with its first vote those of a cycle", async () => {
    await runInDurableObject(unopenedShard("an object of its own"), (_, { storage }) => {
      const next = random();
      fillShard(storage, next, { voters });
      const idle = new MeteredStorage(storage);
      const woken = new ShardStore(idle);
      // The state's, and the end of the log.
      expect(idle.rowsRead).toBeLessThanOrEqual(2);
      const logRows = (indexCycle + limits.indexFlushBallots) / limits.logRowBallotsMax;
      woken.readVoters([newPid(next)]);
      // One vote's look into the table, and where to begin in the log.
      expect(idle.rowsRead).toBeLessThanOrEqual(logRows + 6);

      const seq = voters + limits.stateLagBallots - 1;
      for (let at = voters + 1; at <= seq; at += 1)
        storage.sql.exec(
          "INSERT INTO log VALUES (?, ?, ?)",
          at,
          JSON.stringify([[newPid(next), 0, "", 1, 0]]),
          new Uint8Array(32),
        );
      const behind = new MeteredStorage(storage);
      expect(new ShardStore(behind).state.seq).toBe(seq);
      expect(behind.rowsRead).toBeLessThanOrEqual(limits.stateLagBallots + 1);
    });
  });
});
