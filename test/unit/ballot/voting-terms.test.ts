import { describe, expect, it } from "vitest";
import { votingTerms } from "../../../src/ballot/voting-terms.ts";
import type { Manifest } from "../../../src/decision/decision.ts";

const openingKey = "07".repeat(32);

const manifest: Manifest = {
  version: 1,
  voterIds: "case_mapped",
  voterIdRules: 1,
  decisionId: "delta",
  title: "Restore the delta",
  description: "",
  translations: null,
  regions: [
    { code: "north", name: "North" },
    { code: "south", name: "South" },
  ],
  revotePolicy: "revisable",
  opensAt: 1_000,
  closesAt: 2_000,
  expectedWatchers: 0,
  weightMax: 5,
  visibility: "turnout",
  disclosure: "roll_call",
  releaseMin: 10,
  stations: "first_wins",
  smallCellsMin: 0,
  login: null,
  retentionDays: null,
  electorate: "roll",
  electorateSize: null,
  extensionMinutes: null,
  endsEarly: "never",
  rule: "{}",
  shardMap: [{ locationHint: "weur" }, { locationHint: "oc" }],
  roll: null,
};

describe("what a shard needs to decide on a vote", () => {
  it("is the part of the manifest that concerns it", () => {
    expect(votingTerms(manifest, openingKey, 1)).toEqual({
      decisionId: "delta",
      shard: 1,
      shards: 2,
      rehearsal: false,
      opensAt: 1_000,
      closesAt: 2_000,
      lastMinutesAt: null,
      isTurnoutShown: true,
      revotePolicy: "revisable",
      regions: new Set(["north", "south"]),
      weightMax: 5,
      disclosure: "roll_call",
      openingKey,
      roll: null,
    });
  });

  it("says whether it is a rehearsal", () => {
    const rehearsed = votingTerms({ ...manifest, rehearsal: true }, openingKey, 1);
    expect(rehearsed.rehearsal).toBe(true);
  });

  it("holds the import and the hash of its own part of the roll, where there is one", () => {
    const roll = {
      import: 3,
      hash: "whole",
      voters: 2,
      weight: "2",
      regions: [],
      fewestAlike: [],
      shardHashes: ["first", "second"],
      isInRoom: false,
      voterIds: "case_mapped" as const,
    };
    const withRoll = { ...manifest, roll };
    expect(votingTerms(withRoll, openingKey, 1).roll).toEqual({ import: 3, hash: "second" });
    expect(() => votingTerms(withRoll, openingKey, 2)).toThrow("a roll has a part for every shard");
  });
});
