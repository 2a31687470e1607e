import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { limits } from "../../../src/shared/limits.ts";
import type { DecisionDraft } from "../../../src/decision/decision.ts";
import { findSmallRollCells } from "../../../src/decision/small-roll-cells.ts";
import { sampleDraft } from "../../support/sample-draft.ts";
import {
  fitRoll,
  joinShardRolls,
  shardRollHead,
  shardRollLine,
  type Roll,
  type ShardRoll,
} from "../../../src/decision/roll.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const draft = {
  shards: 2,
  placement: [],
  expectedWatchers: 0,
  voterIds: "case_mapped",
  disclosure: "pseudonymous",
  regions: [{ code: "south" }, { code: "north" }],
} as const;

function joined(isInRoom = false): Roll {
  const cells = [
    { region: "north", weight: 1, voters: 2 },
    { region: "north", weight: 4, voters: 3 },
  ];
  const parts = [
    { hash: "a", regions: [{ region: "north", voters: 2, weight: "9007199254740993" }], cells },
    { hash: "b", regions: [{ region: "north", voters: 1, weight: "4" }], cells },
  ];
  const form = { isInRoom, voterIds: "case_mapped" } as const;
  return joinShardRolls({ decisionId: "delta", number: 3, parts, placement: [], ...form, sha256 });
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
      fewestAlike: [{ region: "north", voters: 4 }],
    });
  });

  it("is frozen with every region of the decision in its order, also those without a voter", () => {
    expect(fitRoll(joined(), draft)?.regions).toEqual([
      { region: "south", voters: 0, weight: "0" },
      { region: "north", voters: 3, weight: "9007199254740997" },
    ]);
  });

  it("fits roll calls alone where it names a voter, and has a line of its own for the name", () => {
    const part: ShardRoll = { hash: "a", regions: [], cells: [] };
    const rollOf = (parts: ShardRoll[]) =>
      joinShardRolls({
        placement: [],
        decisionId: "delta",
        number: 3,
        parts,
        isInRoom: false,
        voterIds: "case_mapped",
        sha256,
      });
    const named = rollOf([part, { ...part, isNamed: true }]);
    expect(fitRoll(named, draft)).toBeNull();
    expect(fitRoll(named, { ...draft, disclosure: "roll_call" })).toMatchObject({ isNamed: true });
    expect(fitRoll(rollOf([part, part]), draft)).not.toBeNull();
    expect(shardRollLine("p", { region: "", weight: 1 })).toBe('["p","",1]\n');
    expect(shardRollLine("p", { region: "", weight: 1, name: "Ana" })).toBe('["p","",1,"Ana"]\n');
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

describe("a roll without regions", () => {
  const whole = { region: "", voters: 3, weight: "3" };
  it("fits a draft without regions, and no draft that has some", () => {
    const roll = { ...joined(), regions: [whole] };
    expect(fitRoll(roll, { ...draft, regions: [] })).toEqual({ ...roll, regions: [] });
    expect(fitRoll(roll, draft)).toBeNull();
  });

  it("does not fit where only some of its regions are the draft's", () => {
    const both = [
      { ...whole, region: "north" },
      { ...whole, region: "west" },
    ];
    expect(fitRoll({ ...joined(), regions: both }, draft)).toBeNull();
  });
});

describe("a shard's part of a roll", () => {
  it("is hashed as a line of its own and a line for each voter", () => {
    expect(shardRollHead("delta", 3)).toBe('["enviro-governance/roll/1","delta",3]\n');
    expect(shardRollLine("pid", { region: "Île", weight: 7 })).toBe('["pid","Île",7]\n');
  });
});

describe("voters who are few of their region and weight", () => {
  const partOf = (...cells: readonly (readonly [string, number, number])[]) => ({
    hash: "a",
    regions: [],
    cells: cells.map(([region, weight, voters]) => ({ region, weight, voters })),
  });
  const rollOf = (parts: readonly ShardRoll[]) => {
    const form = { isInRoom: false, voterIds: "case_mapped" } as const;
    return joinShardRolls({
      decisionId: "delta",
      number: 1,
      parts,
      placement: [],
      ...form,
      sha256,
    });
  };
  const terms = { disclosure: "pseudonymous", electorate: "roll" } as const;
  const faultsOf = (parts: readonly ShardRoll[], given: Partial<DecisionDraft> = {}) =>
    findSmallRollCells({ draft: sampleDraft({ ...terms, ...given }), roll: rollOf(parts) });

  it("are counted over all shards, and named by region", () => {
    const parts = [
      partOf(["north", 1, 6], ["north", 5, 6], ["south", 1, 20]),
      partOf(["north", 1, 30], ["north", 5, 3], ["south", 1, 20]),
    ];
    expect(rollOf(parts).fewestAlike).toEqual([
      { region: "north", voters: 9 },
      { region: "south", voters: 40 },
    ]);
    const pointer = "/acknowledge_small_cells";
    expect(faultsOf(parts)).toEqual([
      { pointer, detail: "In north 9 of one weight, fewer than 10." },
    ]);
    expect(faultsOf(parts, { smallCellsMin: 41 })).toHaveLength(2);
    expect(faultsOf(parts, { disclosure: "roll_call" })).toEqual([]);
    expect(faultsOf(parts, { electorate: "open" })).toEqual([]);
  });

  it("are none with ten in each, and none where all weigh the same", () => {
    expect(faultsOf([partOf(["north", 1, 10], ["north", 5, 10])])).toEqual([]);
    expect(faultsOf([partOf(["north", 1, 10], ["north", 5, 9])])).toHaveLength(1);
    expect(faultsOf([partOf(["north", 3, 2], ["south", 3, 1])])).toEqual([]);
  });

  it("are taken to be there where there are more weights than can be told", () => {
    const detail = "The roll has too many weights for voters to share theirs.";
    expect(faultsOf([partOf(["north", 1, 99]), { ...partOf(), cells: null }])).toEqual([
      { pointer: "/acknowledge_small_cells", detail },
    ]);
  });

  it("are of the whole roll where the decision has no regions, and none where it has no roll", () => {
    expect(faultsOf([partOf(["", 1, 30], ["", 5, 3])])).toMatchObject([
      { detail: "On the roll 3 of one weight, fewer than 10." },
    ]);
    expect(findSmallRollCells({ draft: sampleDraft(terms), roll: null })).toEqual([]);
  });

  it("are kept only below the most that anybody may ask for, and none where all weigh the same", () => {
    const max = limits.smallCellsMinMax;
    const cells = [
      ["north", 1, max],
      ["south", 1, max - 1],
      ["east", 2, max + 1],
    ] as const;
    expect(rollOf([partOf(...cells)]).fewestAlike).toEqual([{ region: "south", voters: max - 1 }]);
    expect(rollOf([partOf(["north", 3, 2], ["south", 3, 1])]).fewestAlike).toEqual([]);
  });

  it("are named up to a number of regions", () => {
    const cells = Array.from({ length: 50 }, (_, at) => [`r${at}`, at + 1, 2] as const);
    const faults = faultsOf([partOf(...cells)]);
    expect(faults).toHaveLength(21);
    expect(faults.at(-1)?.detail).toBe("And in 30 regions more.");
  });
});
