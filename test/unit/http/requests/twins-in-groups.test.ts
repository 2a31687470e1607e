import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { candidateShards, planShardMap } from "../../../../src/decision/shard-map.ts";
import { findTwinsInGroups } from "../../../../src/http/requests/twins-in-groups.ts";
import type { RollQuery, RollSearch } from "../../../../src/ports/rolls.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { randomRuns } from "../../../support/random-runs.ts";

function pidOf(label: string): string {
  return createHash("sha256").update(label).digest("base64url").slice(0, 22);
}

function pidsOf(count: number, label: string): string[] {
  return Array.from({ length: count }, (_, index) => pidOf(`${label} ${index}`)).toSorted();
}

/** A roll of voters in groups of so many shards, and what was asked of it. */
function rollOf(shards: readonly number[], voters: readonly (readonly string[])[]) {
  const [rest = 1, ...placed] = shards;
  const placement = placed.map((each) => ({ regions: [], locationHint: null, shards: each }));
  const shardMap = planShardMap({
    shards: rest,
    locationHints: [],
    placement,
    expectedWatchers: 0,
  });
  const parts: string[][] = shardMap.map(() => []);
  for (const [group, pids] of voters.entries())
    for (const pid of pids) parts[candidateShards(pid, shardMap)[group] ?? 0]?.push(pid);
  for (const part of parts) part.sort();
  const seen = { pages: 0, reading: 0, readingMost: 0, pidsMost: 0 };
  const rolls = {
    async readPidsAfter({ shard, afterPid, max }: RollQuery) {
      seen.reading += 1;
      seen.pages += 1;
      seen.readingMost = Math.max(seen.readingMost, seen.reading);
      await Promise.resolve();
      seen.reading -= 1;
      const page = (parts[shard] ?? []).filter((pid) => pid > afterPid).slice(0, max);
      seen.pidsMost = Math.max(seen.pidsMost, page.length);
      return page;
    },
    async findPidsIn({ shard, pids }: RollSearch) {
      const part = new Set(parts[shard]);
      return pids.filter((pid) => part.has(pid));
    },
  };
  const sealed = parts.map(({ length }) => ({
    hash: "",
    regions: [{ region: "", voters: length, weight: "0" }],
    cells: null,
  }));
  const plan = { decisionId: "decision", shardMap };
  return { seen, find: () => findTwinsInGroups(rolls, { plan, number: 1, parts: sealed }) };
}

describe("voters in regions of two groups", () => {
  it("are found in every pair of groups, and wherever they stand in the pages", async () => {
    const page = limits.rollComparedVoters;
    const smallest = pidsOf(2 * page + 1, "smallest");
    const middle = pidsOf(2 * page + 2, "middle");
    const largest = pidsOf(2 * page + 10, "largest");
    const edges = [0, page - 1, page, 2 * page - 1, 2 * page];
    const alsoInLargest = edges.map((at) => smallest[at] ?? "");
    const alsoInMiddle = [1, page + 1].map((at) => smallest[at] ?? "");
    const ofMiddle = [0, page - 1, page, 2 * page + 1].map((at) => middle[at] ?? "");
    // The order of the groups is not that of their sizes.
    for (const order of ["largest first", "largest last"]) {
      const groups = [
        [...largest, ...alsoInLargest, ...ofMiddle],
        [...middle, ...alsoInMiddle],
        smallest,
      ];
      const { find, seen } = rollOf(
        [1, 1, 1],
        order === "largest first" ? groups : groups.toReversed(),
      );
      const twins = await find();
      const meant = [...alsoInLargest, ...alsoInMiddle, ...ofMiddle];
      expect(twins.toSorted()).toEqual(meant.toSorted());
      expect(seen).toMatchObject({ pages: 6, pidsMost: page });
    }
  });

  it("are those whom a plain count finds in more than one, whatever the shards", async () => {
    const pids = pidsOf(40, "voter");
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.uniqueArray(fc.constantFrom(...pids)), { minLength: 5, maxLength: 5 }),
        async (shards, drawn) => {
          const voters = drawn.slice(0, shards.length);
          const twice = pids.filter(
            (pid) => voters.filter((each) => each.includes(pid)).length > 1,
          );
          expect((await rollOf(shards, voters).find()).toSorted()).toEqual(twice);
        },
      ),
      { numRuns: randomRuns(200) },
    );
  });

  it("are sought for a few shards at a time, and named up to a bound", async () => {
    const same = pidsOf(limits.rollProblemsMax + 500, "both");
    const { find, seen } = rollOf([8, 8], [same, same]);
    expect(await find()).toHaveLength(limits.rollProblemsMax);
    expect(seen.readingMost).toBe(limits.rollComparedShards);
  });

  it("are none where one group has all voters", async () => {
    const { find, seen } = rollOf([2, 2], [pidsOf(10, "all"), []]);
    expect(await find()).toEqual([]);
    expect(seen.pages).toBe(0);
  });
});
