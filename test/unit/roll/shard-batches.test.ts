import { describe, expect, it } from "vitest";
import { placeShards } from "../../../src/decision/shard-map.ts";
import { ShardBatches } from "../../../src/roll/shard-batches.ts";
import { limits } from "../../../src/shared/limits.ts";

const layoutOf = (shards: number) => ({ shardMap: placeShards(shards, [], false), placement: [] });

type Call = { shard: number; rows: [pid: string, region: string, weight: number][]; bytes: number };

/** What a roll of so many voters, all in this region, is sent to its shards as. */
async function callsOf(shards: number, voters: number, region: string): Promise<Call[]> {
  const calls: Call[] = [];
  const load = async (shard: number, text: string) => {
    const bytes = new TextEncoder().encode(text).byteLength;
    calls.push({ shard, rows: JSON.parse(text) as Call["rows"], bytes });
    return [];
  };
  const batches = new ShardBatches(layoutOf(shards), load, () => {});
  for (let voter = 0; voter < voters; voter += 1) {
    const pid = voter.toString(36).padStart(22, "A").split("").toReversed().join("");
    batches.add(pid, { region, weight: limits.ballotWeightMax }, voter + 1);
    if (voter % 5_000 === 0) await batches.sendFull();
  }
  await batches.finish();
  expect(batches.loaded.reduce((sum, loaded) => sum + loaded, 0)).toBe(voters);
  return calls;
}

const longRegion = "界".repeat(limits.regionCodeCharactersMax);

describe("the batches of a roll", () => {
  it.each([
    ["a decision's only shard", 1, "north"],
    ["a decision's only shard, with long names", 1, longRegion],
    ["two shards, with names of quotes", 2, "'\"".repeat(32)],
    ["64 shards", 64, longRegion],
  ])("of %s stay below a parameter's bound", async (_, shards, region) => {
    const calls = await callsOf(shards, 50_000, region);
    const sizes = calls.map(({ bytes }) => bytes);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(limits.rollBatchBytesMax);
    const voters = new Set(calls.flatMap(({ rows }) => rows.map(([pid]) => pid)));
    expect(voters.size).toBe(50_000);
  });

  it("are filled before they are sent, by bytes or by rows", async () => {
    const byBytes = await callsOf(1, 50_000, longRegion);
    const sizes = byBytes.slice(0, -1).map(({ bytes }) => bytes);
    expect(Math.min(...sizes)).toBeGreaterThan(limits.rollBatchBytesMax - 1_000);
    const byRows = await callsOf(64, 200_000, "n");
    expect(Math.max(...byRows.map(({ rows }) => rows.length))).toBe(limits.rollBatchRowsMin);
  });
});

const entry = { region: "north", weight: 1 };

function pidsOf(count: number, first = "A"): string[] {
  return Array.from({ length: count }, (_, voter) => first + String(voter).padStart(21, "0"));
}

describe("a batch that was sent", () => {
  it("tells the lines of the rows that were there already, and counts the others", async () => {
    const duplicates: number[] = [];
    const batches = new ShardBatches(
      layoutOf(1),
      async () => [1, 2],
      (line) => duplicates.push(line),
    );
    for (const [at, pid] of pidsOf(3).entries()) batches.add(pid, entry, 10 + at);
    await batches.finish();
    expect(duplicates).toEqual([11, 12]);
    expect(batches.loaded).toEqual([1]);
  });

  it("is waited for before its shard is sent the next", async () => {
    let underWay = 0;
    let most = 0;
    let calls = 0;
    const load = async () => {
      calls += 1;
      underWay += 1;
      most = Math.max(most, underWay);
      await Promise.resolve();
      underWay -= 1;
      return [];
    };
    const batches = new ShardBatches(layoutOf(1), load, () => {});
    const pids = pidsOf(2 * limits.rollBufferedRowsMax + 1);
    for (const pid of pids) batches.add(pid, entry, 1);
    await batches.finish();
    expect(calls).toBeGreaterThanOrEqual(3);
    expect([most, underWay]).toEqual([1, 0]);
    expect(batches.loaded).toEqual([pids.length]);
  });

  it("fails whoever waits for it with the first failure, and a shard without rows is sent nothing", async () => {
    const shards: number[] = [];
    const load = async (shard: number) => {
      shards.push(shard);
      for (let turn = shard; turn < 3; turn += 1) await Promise.resolve();
      throw new Error(`shard ${shard} is away`);
    };
    const batches = new ShardBatches(layoutOf(3), load, () => {});
    for (const pid of [...pidsOf(1, "A"), ...pidsOf(1, "_")]) batches.add(pid, entry, 1);
    await expect(batches.finish()).rejects.toThrow("shard 2 is away");
    expect(shards).toEqual([0, 2]);
    expect(batches.loaded).toEqual([0, 0, 0]);
  });

  it("whose failure is known stops the next one of its shard", async () => {
    let calls = 0;
    const load = async () => {
      calls += 1;
      throw new Error("away");
    };
    const batches = new ShardBatches(layoutOf(1), load, () => {});
    for (const pid of pidsOf(limits.rollBufferedRowsMax + 1)) batches.add(pid, entry, 1);
    await expect(batches.finish()).rejects.toThrow("away");
    expect(calls).toBe(1);
  });
});
