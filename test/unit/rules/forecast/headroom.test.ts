import { describe, expect, it } from "vitest";
import { noFigures, type Figures, type ScopeFigures } from "../../../../src/rules/figures.ts";
import {
  headroomIn,
  headroomOfCast,
  isPresenceMixed,
  remainingVotes,
} from "../../../../src/rules/forecast/headroom.ts";
import { wholeScope } from "../../../../src/rules/scope.ts";
import { Work } from "../../../../src/rules/work.ts";
import { workUnits } from "../../../../src/rules/work-units.ts";

type Counts = Partial<ScopeFigures["ballots"]>;

const scopeOf = (counts: Counts): ScopeFigures => ({
  ballots: { ...noFigures.ballots, ...counts },
  weight: { ...noFigures.weight, ...counts },
});
const figuresOf = (whole: Counts, regions: Record<string, Counts> = {}): Figures => ({
  whole: scopeOf(whole),
  regions: new Map(Object.entries(regions).map(([code, counts]) => [code, scopeOf(counts)])),
});

describe("the votes that may still come", () => {
  it("are of those present where presence was recorded, else of the eligible", () => {
    const figures = figuresOf(
      { yes: 3n, no: 2n, eligible: 20n },
      { a: { yes: 3n, eligible: 9n, present: 7n }, b: { no: 2n, eligible: 11n } },
    );
    expect(remainingVotes(figures, "ballots", ["a"])).toEqual({
      headroom: new Map([
        ["a", 4n],
        ["b", 9n],
      ]),
      isKnown: true,
      total: 15n,
    });
  });

  it("are as many as in the whole where a region's are not known, or it has no tally", () => {
    const figures = figuresOf({ yes: 3n, eligible: 20n }, { a: { yes: 3n } });
    expect(remainingVotes(figures, "weight", ["a", "c"])).toEqual({
      headroom: new Map([
        ["a", 17n],
        ["c", 17n],
      ]),
      isKnown: false,
      total: 17n,
    });
  });

  it("are more than any search needs where nobody knows, and none where more voted", () => {
    const unknown = remainingVotes(figuresOf({ yes: 3n }), "ballots", []);
    expect(unknown).toEqual({
      headroom: new Map([["", 10n ** 30n]]),
      isKnown: false,
      total: null,
    });
    const over = remainingVotes(figuresOf({ yes: 3n, eligible: 2n }), "ballots", []);
    expect(over).toEqual({ headroom: new Map([["", 0n]]), isKnown: true, total: 0n });
  });
});

describe("the votes that could have been otherwise", () => {
  it("are those of a kind in each region, or of the whole where there are none", () => {
    const figures = figuresOf({ no: 5n }, { a: { no: 5n }, b: { yes: 1n, no: -2n } });
    const expected = new Map([
      ["a", 5n],
      ["b", 0n],
    ]);
    expect(headroomOfCast(figures, "ballots", "no")).toEqual(expected);
    expect(headroomOfCast(figuresOf({ no: 5n }), "weight", "no")).toEqual(new Map([["", 5n]]));
  });

  it("are summed over a scope, whose regions are its work", () => {
    const headroom = new Map([
      ["a", 5n],
      ["b", 2n],
      ["c", 1n],
    ]);
    const work = new Work(1_000);
    expect(headroomIn(headroom, wholeScope, work)).toBe(8n);
    expect(work.spent).toBe(3 * workUnits.name);
    expect(headroomIn(headroom, { ...wholeScope, regions: ["a", "d"] }, work)).toBe(5n);
    expect(work.spent).toBe(5 * workUnits.name);
  });
});

describe("presence", () => {
  it("is mixed where it was recorded in some regions and not in others", () => {
    const present = { present: 1n };
    expect(isPresenceMixed(figuresOf({}, { a: present, b: {} }), "ballots")).toBe(true);
    expect(isPresenceMixed(figuresOf({}, { a: present, b: present }), "ballots")).toBe(false);
    expect(isPresenceMixed(figuresOf({}, { a: {}, b: {} }), "ballots")).toBe(false);
    expect(isPresenceMixed(figuresOf(present), "ballots")).toBe(false);
  });
});
