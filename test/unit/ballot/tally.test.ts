import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recount } from "../../../src/ballot/recount.ts";
import { tallyFromJson, tallyToJson } from "../../../src/ballot/tally-json.ts";
import {
  emptyRegionTally,
  isSameTally,
  moveTally,
  sumRegionTallies,
  sumTallies,
  type RegionTally,
  type Tally,
} from "../../../src/ballot/tally.ts";
import { cellsOf } from "../../support/cells-of.ts";
import { requestArbitrary } from "./election-arbitraries.ts";

const none: Tally = new Map();
const yes = { choice: "yes", region: "north", weight: 3 } as const;
const no = { choice: "no", region: "north", weight: 5 } as const;
const south = { choice: "abstain", region: "south", weight: 7 } as const;
const ballotsArbitrary = fc.array(requestArbitrary, { maxLength: 20 });

function cellOf(ballots: number, weight: bigint): RegionTally {
  return { ...emptyRegionTally(), yes: { ballots, weight } };
}

describe("a moved tally", () => {
  it("gains what is added and loses what is removed, with its weight", () => {
    const tally = moveTally(none, [yes, no, south], []);
    expect(cellsOf(tally)).toEqual({
      "north yes": "1 3",
      "north no": "1 5",
      "south abstain": "1 7",
    });
    expect(cellsOf(moveTally(tally, [], [no]))).toEqual({
      "north yes": "1 3",
      "south abstain": "1 7",
    });
  });

  it("counts a withdrawal for nothing, wherever it stands", () => {
    const withdrawn = { ...yes, choice: "withdrawn" } as const;
    expect(moveTally(none, [withdrawn], [withdrawn])).toEqual(none);
  });

  it("leaves the one that it comes from as it was", () => {
    const before = moveTally(none, [yes], []);
    const kept = structuredClone(before);
    moveTally(before, [no, no, yes], [yes]);
    expect(before).toEqual(kept);
  });

  it("copies the regions that it touches once, and shares all others", () => {
    const before = moveTally(none, [yes, south], []);
    const after = moveTally(before, [no, no], []);
    expect(after.get("south")).toBe(before.get("south"));
    expect(after.get("north")).not.toBe(before.get("north"));
    expect(cellsOf(after)).toMatchObject({ "north no": "2 10" });
  });

  it("is exact beyond what a float holds", () => {
    const heavy = { ...yes, weight: Number.MAX_SAFE_INTEGER };
    expect(cellsOf(moveTally(none, [heavy, heavy, heavy], []))).toEqual({
      "north yes": `3 ${3n * BigInt(Number.MAX_SAFE_INTEGER)}`,
    });
  });
});

describe("a sum of tallies", () => {
  it("is the tally of all their ballots together", () => {
    fc.assert(
      fc.property(fc.array(ballotsArbitrary, { maxLength: 4 }), (parts) => {
        const tallies = parts.map((ballots) => moveTally(none, ballots, []));
        const whole = moveTally(none, parts.flat(), []);
        expect(cellsOf(sumTallies(tallies))).toEqual(cellsOf(whole));
        const inOneRegion = parts.flat().map((ballot) => ({ ...ballot, region: "" }));
        expect(sumRegionTallies(whole.values())).toEqual(
          moveTally(none, inOneRegion, []).get("") ?? emptyRegionTally(),
        );
      }),
    );
  });

  it("leaves its parts as they were", () => {
    const parts = [moveTally(none, [yes], []), moveTally(none, [yes, south], [])];
    const kept = structuredClone(parts);
    sumTallies(parts);
    sumRegionTallies(parts.flatMap((part) => [...part.values()]));
    expect(parts).toEqual(kept);
  });
});

describe("two tallies", () => {
  const one: Tally = new Map([["north", cellOf(2, 9n)]]);

  it("are the same where they say the same, in any order, with or without empty regions", () => {
    const more: Tally = new Map([
      ["south", emptyRegionTally()],
      ["north", cellOf(2, 9n)],
    ]);
    expect([isSameTally(one, more), isSameTally(more, one)]).toEqual([true, true]);
    expect(isSameTally(none, new Map([["south", emptyRegionTally()]]))).toBe(true);
  });

  it.each<[string, Tally]>([
    ["ballots", new Map([["north", cellOf(3, 9n)]])],
    ["weight", new Map([["north", cellOf(2, 8n)]])],
    ["region", new Map([["south", cellOf(2, 9n)]])],
    ["choice", new Map([["north", { ...emptyRegionTally(), no: { ballots: 2, weight: 9n } }]])],
    ["further region", new Map([...one, ["south", cellOf(1, 1n)]])],
    ["lack of ballots", none],
  ])("are not the same when one has another %s", (_, other) => {
    expect([isSameTally(one, other), isSameTally(other, one)]).toEqual([false, false]);
  });
});

describe("a stored tally", () => {
  it("is read as it was, weights beyond floats too", () => {
    fc.assert(
      fc.property(ballotsArbitrary, (ballots) => {
        const tally = moveTally(none, [...ballots, { ...yes, weight: 2 ** 53 - 1 }, yes], []);
        const text = JSON.stringify(tallyToJson(tally));
        expect(tallyFromJson(JSON.parse(text))).toEqual(tally);
      }),
    );
  });

  it("is a row a region: its name, then yes, no and abstain as ballots and weight", () => {
    expect(tallyToJson(moveTally(none, [yes, no, no, south], []))).toEqual([
      ["north", [1, "3"], [2, "10"], [0, "0"]],
      ["south", [0, "0"], [0, "0"], [1, "7"]],
    ]);
  });
});

it("a recount takes each voter's newest ballot", () => {
  const ballot = { pid: "a", region: "north", weight: 1, acceptedAt: 0 };
  const ballots = [
    { ...ballot, seq: 1, choice: "yes" },
    { ...ballot, seq: 2, choice: "no", pid: "b" },
    { ...ballot, seq: 3, choice: "abstain" },
    { ...ballot, seq: 4, choice: "withdrawn", pid: "b" },
  ] as const;
  expect(cellsOf(recount(ballots))).toEqual({ "north abstain": "1 1" });
});
