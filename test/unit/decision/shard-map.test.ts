import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pseudonym } from "../../../src/auth/pseudonym.ts";
import { limits } from "../../../src/shared/limits.ts";
import { countShards } from "../../../src/decision/count-shards.ts";
import { isHomeOf } from "../../../src/ballot/voting-terms.ts";
import {
  callsMax,
  candidateShards,
  groupOfRegion,
  groupRanges,
  isInRoom,
  pidBits,
  placeShards,
  planShardMap,
  shardHint,
  shardName,
  shardOf,
  type LocationHint,
} from "../../../src/decision/shard-map.ts";
import { sampleVoterId } from "../../support/sample-voter-id.ts";

const pidArbitrary = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map((bytes) => Buffer.from(bytes).toString("base64url"));

function draftOf(shards: number, locationHints: LocationHint[] = []) {
  return { shards, locationHints, placement: [], expectedWatchers: 0 };
}

describe("routing by pid", () => {
  it("gives a voter the same shard every time, and always one of the map's", () => {
    fc.assert(
      fc.property(pidArbitrary, fc.integer({ min: 1, max: 64 }), (pid, shards) => {
        const shard = shardOf(pid, shards);
        expect(shard).toBe(shardOf(pid, shards));
        expect(Number.isInteger(shard) && shard >= 0 && shard < shards).toBe(true);
      }),
    );
  });

  it("spreads pseudonyms evenly over 64 shards", () => {
    const key = randomBytes(32);
    const counts = Array.from({ length: 64 }, () => 0);
    for (let voter = 0; voter < 64_000; voter += 1) {
      const shard = shardOf(pseudonym(key, sampleVoterId(`voter ${voter}`)), 64);
      counts[shard] = (counts[shard] ?? 0) + 1;
    }
    // A thousand each; six standard deviations (about 31.4 each) pass by chance once in 10^7 runs.
    expect(Math.min(...counts)).toBeGreaterThan(810);
    expect(Math.max(...counts)).toBeLessThan(1_190);
  });

  it("uses the whole range of the alphabet: the first and the last pid meet the first and the last shard", () => {
    expect(shardOf("A".repeat(22), 64)).toBe(0);
    expect(shardOf("_".repeat(22), 64)).toBe(63);
  });

  it("reads a pid as the base64url that it is", () => {
    fc.assert(
      fc.property(pidArbitrary, (pid) => {
        const bytes = Buffer.from(pid, "base64url");
        expect(pidBits(pid, 0, 24)).toBe(bytes.readUIntBE(0, 3));
        expect(pidBits(pid, 0, 48)).toBe(bytes.readUIntBE(0, 6));
        expect(pidBits(pid, 24, 24)).toBe(bytes.readUIntBE(3, 3));
      }),
    );
  });

  it.each(["+", "/", "@", "[", "`", "{", ":", ".", "^", "é"])("refuses a pid with %s", (letter) => {
    expect(() => shardOf(`AAA${letter}`, 4)).toThrow("invariant broken: a pid is base64url");
  });

  it("is never over no shard, nor over half of one", () => {
    for (const count of [0, -1, 1.5, Number.NaN]) {
      expect(() => placeShards(count, [], false)).toThrow("a decision has at least one shard");
    }
  });

  it("asks for the place that the map names, and for none where it names none", () => {
    const map = planShardMap(draftOf(3, ["weur", "oc"]));
    expect([0, 1, 2].map((shard) => shardHint(map, shard).locationHint)).toEqual([
      "weur",
      "oc",
      "weur",
    ]);
    expect(shardHint(planShardMap(draftOf(2)), 0)).toEqual({});
    // A shard that the map does not have is nowhere.
    expect(shardHint(map, 3)).toEqual({});
    expect(isInRoom(map, 3)).toBe(false);
  });

  it("finds each shard's object under a name of its own", () => {
    expect(shardName("delta", 12)).toBe("delta/12");
  });

  it("leaves shards without a location hint where none is named", () => {
    expect(planShardMap(draftOf(2))).toEqual([{ locationHint: null }, { locationHint: null }]);
  });

  it("puts an only shard into the room, and of several none", () => {
    expect(planShardMap(draftOf(1, ["weur"]))).toEqual([{ locationHint: null, home: "room" }]);
    expect(isInRoom(planShardMap(draftOf(1)), 0)).toBe(true);
    expect([0, 1].some((shard) => isInRoom(planShardMap(draftOf(2)), shard))).toBe(false);
  });

  it("gives an only shard an object of its own, and its hint, from one expected watcher above the limit on", () => {
    const most = limits.roomWithShardWatchersMax;
    const mapOf = (expectedWatchers: number) =>
      planShardMap({ ...draftOf(1, ["weur"]), expectedWatchers });
    for (const few of [0, most - 1, most]) expect(isInRoom(mapOf(few), 0)).toBe(true);
    expect(mapOf(most + 1)).toEqual([{ locationHint: "weur" }]);
  });
});

describe("shards of groups of regions", () => {
  const groupArbitrary = fc.record({
    regions: fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 3 }),
    locationHint: fc.constantFrom("oc", "afr", null),
    shards: fc.integer({ min: 1, max: 7 }),
  });
  const draftArbitrary = fc.record({
    shards: fc.integer({ min: 1, max: 8 }),
    locationHints: fc.constant<LocationHint[]>(["weur"]),
    placement: fc.array(groupArbitrary, { minLength: 1, maxLength: 8 }),
    expectedWatchers: fc.constant(0),
  });

  it("are all shards of the map once, in the order of the groups, and none is in the room", () => {
    fc.assert(
      fc.property(draftArbitrary, (draft) => {
        const map = planShardMap(draft);
        expect(map).toHaveLength(countShards(draft));
        const ranges = groupRanges(map);
        const counts = [draft.shards, ...draft.placement.map(({ shards }) => shards)];
        expect(ranges.map(({ shards }) => shards)).toEqual(counts);
        const all = ranges.flatMap(({ first, shards }) =>
          Array.from({ length: shards }, (_, index) => first + index),
        );
        expect(all).toEqual([...map.keys()]);
        for (const [group, { first, shards }] of ranges.entries()) {
          const hint = group === 0 ? "weur" : draft.placement[group - 1]?.locationHint;
          for (const shard of map.slice(first, first + shards))
            expect(shard).toEqual({ locationHint: hint, group });
        }
        expect(map.some((_, shard) => isInRoom(map, shard))).toBe(false);
      }),
    );
  });

  it("hold a voter of a region in one shard alone, the same every time", () => {
    fc.assert(
      fc.property(draftArbitrary, pidArbitrary, (draft, pid) => {
        const map = planShardMap(draft);
        const candidates = candidateShards(pid, map);
        expect(candidateShards(pid, map)).toEqual(candidates);
        expect(candidates.map((shard) => map[shard]?.group)).toEqual([...groupRanges(map).keys()]);
        const terms = groupRanges(map).flatMap((group) =>
          Array.from({ length: group.shards }, (_, index) => ({
            shard: group.first + index,
            shards: map.length,
            group,
          })),
        );
        const homes = terms.filter((each) => isHomeOf(each, pid)).map(({ shard }) => shard);
        expect(homes).toEqual(candidates);
      }),
    );
  });

  it("are those of a region's own group, and of the rest where it is in none", () => {
    const placement = [
      { regions: ["a", "b"], locationHint: null, shards: 1 },
      { regions: ["c"], locationHint: null, shards: 1 },
    ];
    const groups = ["a", "b", "c", "d", ""].map((region) => groupOfRegion(region, placement));
    expect(groups).toEqual([1, 1, 2, 0, 0]);
    expect(groupOfRegion("a", [])).toBe(0);
  });

  it("are one shard of a voter where nobody is placed by region", () => {
    const map = planShardMap(draftOf(5));
    expect(candidateShards("zzzzzzzzzzzzzzzzzzzzzz", map)).toEqual([
      shardOf("zzzzzzzzzzzzzzzzzzzzzz", 5),
    ]);
    expect(groupRanges(map)).toEqual([{ first: 0, shards: 5 }]);
  });

  it("are called at most once without groups; else twice each, and in their rolls twice more", () => {
    const placement = [{ regions: ["a"], locationHint: null, shards: 3 }];
    const map = planShardMap({ ...draftOf(2), placement });
    expect([1, 2, 3, 5, 100].map((votes) => callsMax(map, votes))).toEqual([4, 8, 12, 20, 20]);
    expect([1, 5, 100].map((votes) => callsMax(planShardMap(draftOf(5)), votes))).toEqual([
      1, 5, 5,
    ]);
  });
});

describe("a pseudonym", () => {
  it("is 22 characters of base64url, the same for the same voter and key, and another under another key", () => {
    const [one, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    // The first 16 bytes of `printf 'ana' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0101…01`, in base64url.
    const ana = sampleVoterId("ana");
    expect(pseudonym(one, ana)).toBe("FVudvADonxpA-90W29mtyw");
    expect(pseudonym(one, ana)).not.toBe(pseudonym(other, ana));
    expect(pseudonym(one, ana)).not.toBe(pseudonym(one, sampleVoterId("Ana", "case_preserved")));
  });
});
