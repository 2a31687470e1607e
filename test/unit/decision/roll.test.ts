import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { limits } from "../../../src/shared/limits.ts";
import { fitRoll, joinShardRolls, type Roll } from "../../../src/decision/roll.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const draft = {
  shards: 2,
  expectedWatchers: 0,
  voterIds: "case_mapped",
  regions: [{ code: "south" }, { code: "north" }],
} as const;

function joined(isInRoom = false): Roll {
  const parts = [
    { hash: "a", regions: [{ region: "north", voters: 2, weight: "9007199254740993" }] },
    { hash: "b", regions: [{ region: "north", voters: 1, weight: "4" }] },
  ];
  const form = { isInRoom, voterIds: "case_mapped" } as const;
  return joinShardRolls({ decisionId: "delta", number: 3, parts, ...form, sha256 });
}

describe("a roll", () => {
  it("sums its shards' parts exactly, past 2^53 too, and is hashed from their hashes in order", () => {
    expect(joined()).toEqual({
      import: 3,
      hash: sha256('["enviro-governance/roll/1","delta",["a","b"]]'),
      voters: 3,
      weight: "9007199254740997",
      regions: [{ region: "north", voters: 3, weight: "9007199254740997" }],
      shardHashes: ["a", "b"],
      isInRoom: false,
      voterIds: "case_mapped",
    });
  });

  it("is frozen with every region of the decision in its order, also those without a voter", () => {
    expect(fitRoll(joined(), draft)?.regions).toEqual([
      { region: "south", voters: 0, weight: "0" },
      { region: "north", voters: 3, weight: "9007199254740997" },
    ]);
  });

  it("fits only where its part is where the draft has its shard, in the room or not", () => {
    const [few, crowd] = [0, limits.roomWithShardWatchersMax + 1];
    const partOf = (isInRoom: boolean): Roll => ({ ...joined(isInRoom), shardHashes: ["a"] });
    const isFitting = (isInRoom: boolean, expectedWatchers: number) =>
      fitRoll(partOf(isInRoom), { ...draft, shards: 1, expectedWatchers }) !== null;
    expect([isFitting(true, few), isFitting(false, crowd)]).toEqual([true, true]);
    expect([isFitting(false, few), isFitting(true, crowd)]).toEqual([false, false]);
  });

  it("no longer fits a draft that tells voters apart by another form of their voter_ids", () => {
    expect(fitRoll(joined(), { ...draft, voterIds: "case_preserved" })).toBeNull();
  });

  it("no longer fits a draft with other shards, or without a region that has voters", () => {
    expect(fitRoll(joined(), { ...draft, shards: 3 })).toBeNull();
    expect(fitRoll(joined(), { ...draft, regions: [{ code: "south" }] })).toBeNull();
    expect(fitRoll(joined(), { ...draft, regions: [] })).toBeNull();
  });
});
