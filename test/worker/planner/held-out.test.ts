import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, inject, it, vi } from "vitest";
import { d1Ballots } from "../../../src/database/d1/ballots.ts";
import { groupCommitAt } from "../../../src/planner/latency.ts";
import { shardUsage, shardUsageAt } from "../../../src/planner/shard-usage.ts";
import { unitsAVote, type CastingUnit } from "../../../src/planner/units-a-vote.ts";
import { limits } from "../../../src/shared/limits.ts";
import type { VoteRecord } from "../../../src/vote-log/vote-record.ts";
import { meteredD1 } from "../../support/worker/metered-d1.ts";
import { roomUsageOf } from "../../support/worker/metered-room.ts";
import { usageAVote } from "../../support/worker/metered-shard.ts";
import { unopenedShard } from "../../support/worker/shards.ts";

afterEach(() => {
  vi.useRealTimers();
});

interface Run {
  /** Of each shard. */
  rate: number;
  shards: number;
  regions: number;
  isRollCall: boolean;
  /** Of each shard, before the run. */
  voters: number;
}

/** One shard's run: what its storage, its calls and the database counted, a vote. */
async function meterShard({ rate, regions, voters }: Run, shard: number) {
  const { db, rows } = meteredD1(env.DB);
  const store = d1Ballots(db);
  // Whole flushes of the index.
  const votes = (rate < 100 ? 1 : 2) * limits.indexFlushBallots;
  const decisionId = `held-out-${crypto.randomUUID()}`;
  let applied = 0;
  const apply = ({ ballots }: VoteRecord) => {
    applied += ballots.length;
    // The voters before have no ballots there: without them these are gapless.
    const own = ballots.map((ballot) => ({
      ...ballot,
      decisionId,
      shard,
      seq: ballot.seq - voters,
    }));
    return store.applyBallots(own);
  };
  const usage = await runInDurableObject(unopenedShard("an object of its own"), (_, { storage }) =>
    usageAVote(storage, { votesPerSecond: rate, votes, voters, regions, apply }),
  );
  vi.useRealTimers();
  return { ...usage, d1Written: rows.written / applied, d1Read: rows.read / applied };
}

/** What a run was billed for a vote, by its counters; nothing here is of the planner. */
async function meterRun(run: Run): Promise<Partial<Record<CastingUnit, number>>> {
  const metered: Awaited<ReturnType<typeof meterShard>>[] = [];
  for (let shard = 0; shard < run.shards; shard += 1) metered.push(await meterShard(run, shard));
  const votesPerSecond = run.rate * run.shards;
  const room = await roomUsageOf({ ...run, votesPerSecond });
  vi.useRealTimers();
  const mean = (name: keyof (typeof metered)[number]): number =>
    metered.reduce((sum, each) => sum + each[name], 0) / run.shards;
  return {
    worker_requests: 1 + mean("records"),
    object_requests:
      1 + mean("alarms") + mean("reports") + mean("confirmations") + room.alarms / votesPerSecond,
    object_rows_written: mean("rowsWritten") + room.rowsWritten / votesPerSecond,
    object_rows_read: mean("rowsRead"),
    queue_operations: 3 * mean("records"),
    d1_rows_written: mean("d1Written") + room.d1RowsWritten / votesPerSecond,
    d1_rows_read: mean("d1Read"),
  };
}

describe("a plan's counts are within a tenth of a run's that they were not fitted to", () => {
  it.each<Run>([
    { rate: 40, shards: 3, regions: 7, isRollCall: true, voters: 200_000 },
    { rate: 250, shards: 2, regions: 12, isRollCall: false, voters: 100_000 },
    { rate: 6, shards: 2, regions: 5, isRollCall: false, voters: 60_000 },
  ])("%o", async (run) => {
    expect(shardUsage.has(run.rate)).toBe(false);
    const metered = await meterRun(run);
    const planned = unitsAVote({
      ...run,
      votesPerSecond: run.rate * run.shards,
      objects: run.shards + 1,
      database: "d1",
      log: "queue",
      votesACommit: groupCommitAt(run.rate).votesACommit,
      shard: shardUsageAt(run.rate, run.voters),
    });
    if (inject("printRows")) console.log(JSON.stringify({ run, metered, planned }, null, 1));
    for (const [unit, count] of Object.entries(metered))
      // The keys are those of the units above.
      expect(Math.abs(planned[unit as CastingUnit] / count - 1), unit).toBeLessThanOrEqual(0.1);
  });
});
