import { describe, expect, it } from "vitest";
import { ShardBatches } from "../../../src/roll/shard-batches.ts";
import { limits } from "../../../src/shared/limits.ts";

type Call = { shard: number; rows: [pid: string, region: string, weight: number][]; bytes: number };

/** What a roll of so many voters, all in this region, is sent to its shards as. */
async function callsOf(shards: number, voters: number, region: string): Promise<Call[]> {
  const calls: Call[] = [];
  const load = async (shard: number, text: string) => {
    const bytes = new TextEncoder().encode(text).byteLength;
    calls.push({ shard, rows: JSON.parse(text) as Call["rows"], bytes });
    return [];
  };
  const batches = new ShardBatches(shards, load, () => {});
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
