import { describe, expect, it } from "vitest";
import { findPlacementFaults, findSmallGroups } from "../../../src/decision/placement.ts";
import { fitRoll, joinShardRolls } from "../../../src/decision/roll.ts";
import { limits } from "../../../src/shared/limits.ts";
import { planShardMap } from "../../../src/decision/shard-map.ts";
import { shardMapOf } from "../../../src/decision/shard-map-of.ts";
import { sampleDecision, sampleDraft } from "../../support/sample-draft.ts";

const regions = ["a", "b", "c"].map((code) => ({ code, name: code }));
const group = (...codes: string[]) => ({ regions: codes, locationHint: null, shards: 2 });
const draftOf = (placement: ReturnType<typeof group>[], more = {}) =>
  sampleDraft({ electorate: "roll", regions, placement, disclosure: "pseudonymous", ...more });
const pointers = (draft: ReturnType<typeof draftOf>) =>
  findPlacementFaults(draft).map(({ pointer }) => pointer);

describe("a placement by region", () => {
  it("fits a draft with a roll that leaves a region to the rest", () => {
    expect(pointers(draftOf([]))).toEqual([]);
    expect(pointers(draftOf([], { electorate: "open" }))).toEqual([]);
    expect(pointers(draftOf([group("a"), group("b")]))).toEqual([]);
    expect(pointers(draftOf([group("a", "b")]))).toEqual([]);
  });

  it("is refused for what is wrong with it, by its place in the draft", () => {
    expect(pointers(draftOf([group("a")], { electorate: "open" }))).toEqual(["/placement"]);
    expect(pointers(draftOf([group("a", "x"), group("b", "a")]))).toEqual([
      "/placement/0/regions/1",
      "/placement/1/regions/1",
    ]);
    expect(pointers(draftOf([group("a", "b"), group("c")]))).toEqual(["/placement"]);
    expect(pointers(draftOf([group("a")], { shards: 62 }))).toEqual([]);
    expect(pointers(draftOf([group("a")], { shards: 63 }))).toEqual(["/placement"]);
  });

  it("is refused with so many faults at most, that of its shards first", () => {
    const unknown = Array.from({ length: 30 }, (_, index) => `x${index}`);
    const found = pointers(draftOf([group(...unknown)], { shards: 63 }));
    expect(found).toHaveLength(limits.placementFaultsTold);
    expect(found.slice(0, 2)).toEqual(["/placement", "/placement/0/regions/0"]);
  });

  it("has small groups where fewer than ten voters a shard are on the roll", () => {
    const rollOf = (...voters: number[]) => ({
      regions: voters.map((count, index) => ({
        region: regions[index]?.code ?? "",
        voters: count,
        weight: String(count),
      })),
    });
    const draft = draftOf([group("a")]);
    const details = (...voters: number[]) =>
      findSmallGroups({ draft, roll: rollOf(...voters) }).map(({ detail }) => detail);
    expect(details(20, 4, 6)).toEqual([]);
    expect(details(19, 4, 6)).toHaveLength(1);
    expect(details(20, 4, 5)).toEqual([
      "The regions in no group have 9 on the roll, fewer than 10 for each of 1 shards.",
    ]);
    expect(details(0, 4, 6)).toEqual([]);
    const asMany = draftOf([group("a")], { smallCellsMin: 12 });
    expect(findSmallGroups({ draft: asMany, roll: rollOf(24, 6, 6) })).toEqual([]);
    expect(findSmallGroups({ draft: asMany, roll: rollOf(23, 6, 6) })).toHaveLength(1);
    expect(findSmallGroups({ draft: asMany, roll: rollOf(24, 6, 5) })).toHaveLength(1);
    const names = { ...draft, disclosure: "roll_call" as const };
    expect(findSmallGroups({ draft: names, roll: rollOf(1, 1, 1) })).toEqual([]);
    expect(findSmallGroups({ draft: draftOf([]), roll: rollOf(1, 1, 1) })).toEqual([]);
  });

  it("is the one that a roll was spread by, or the roll does not fit", () => {
    const draft = draftOf([group("a")]);
    const parts = [0, 1, 2].map((shard) => ({ hash: `part ${shard}`, regions: [], cells: [] }));
    const roll = joinShardRolls({
      decisionId: "delta",
      number: 1,
      parts,
      isInRoom: false,
      placement: draft.placement,
      voterIds: "case_mapped",
      sha256: (text) => text,
    });
    expect(fitRoll(roll, draft)).not.toBeNull();
    for (const other of [[group("b")], [group("a", "b")], []])
      expect(
        fitRoll(roll, draftOf(other, { shards: 1 + (other.length === 0 ? 2 : 0) })),
      ).toBeNull();
    // Its objects are where the first import has put them, whatever is asked since.
    const moved = draft.placement.map((one) => ({ ...one, locationHint: "oc" as const }));
    expect(fitRoll(roll, { ...draft, placement: moved })).not.toBeNull();
    const resized = draft.placement.map((one) => ({ ...one, shards: 1 }));
    expect(fitRoll(roll, { ...draft, placement: resized, shards: 2 })).toBeNull();
    // Where its voters are found is what it was spread by, whatever the draft says since.
    const changed = { ...sampleDecision(draftOf([group("b"), group("c")])), roll };
    expect(shardMapOf(changed)).toEqual(planShardMap(draft));
  });
});
