import { describe, expect, it } from "vitest";
import type { CountsByKind } from "../../../src/rules/figures.ts";
import { contextOf, toFigures } from "../../../src/rules/to-figures.ts";
import { Work, WorkExceededError } from "../../../src/rules/work.ts";
import { workUnits } from "../../../src/rules/work-units.ts";
import { inputOf, type PlainCounts } from "./rules.ts";

const none = {
  yes: 0n,
  no: 0n,
  abstain: 0n,
  blank: 0n,
  invalid: 0n,
  present: null,
  eligible: null,
};
const counts = (given: Partial<CountsByKind>): CountsByKind => ({ ...none, ...given });
/** The same by ballots and by weight. */
const even = (given: Partial<CountsByKind>) => ({ ballots: counts(given), weight: counts(given) });

const all: PlainCounts = {
  yes: [1, 10n],
  no: [2, 20n],
  abstain: [3, 30n],
  blank: [4, 40n],
  invalid: [5, 50n],
  present: [16, 160n],
  eligible: [17, 170n],
};
const allFigures = {
  ballots: { yes: 1n, no: 2n, abstain: 3n, blank: 4n, invalid: 5n, present: 16n, eligible: 17n },
  weight: {
    yes: 10n,
    no: 20n,
    abstain: 30n,
    blank: 40n,
    invalid: 50n,
    present: 160n,
    eligible: 170n,
  },
};

describe("the figures of an input", () => {
  it("are those of each region by ballots and by weight, and their sum", () => {
    expect(toFigures(inputOf({ a: all }))).toEqual({
      regions: new Map([["a", allFigures]]),
      whole: allFigures,
    });
    const two = toFigures(inputOf({ a: all, b: all }));
    expect(two.whole).toEqual({
      ballots: {
        yes: 2n,
        no: 4n,
        abstain: 6n,
        blank: 8n,
        invalid: 10n,
        present: 32n,
        eligible: 34n,
      },
      weight: {
        yes: 20n,
        no: 40n,
        abstain: 60n,
        blank: 80n,
        invalid: 100n,
        present: 320n,
        eligible: 340n,
      },
    });
  });

  it("know neither presence nor the electorate where nobody gave them", () => {
    expect(toFigures(inputOf({ a: { yes: 1 }, b: { no: 2 } }))).toEqual({
      regions: new Map([
        ["a", even({ yes: 1n })],
        ["b", even({ no: 2n })],
      ]),
      whole: even({ yes: 1n, no: 2n }),
    });
    expect(toFigures(inputOf({}))).toEqual({ regions: new Map(), whole: even({}) });
  });

  it("take as present in a region without a record those who cast a ballot there", () => {
    const recorded = { yes: 1, present: 5 };
    const unrecorded = { yes: 1, no: 1, abstain: 1, blank: 1, invalid: 1 };
    expect(toFigures(inputOf({ a: recorded, b: unrecorded })).whole).toEqual(
      even({ yes: 2n, no: 1n, abstain: 1n, blank: 1n, invalid: 1n, present: 10n }),
    );
  });

  it("know the electorate of all regions together where each gave it", () => {
    expect(toFigures(inputOf({ a: { eligible: 5 }, b: { eligible: 6 } })).whole).toEqual(
      even({ eligible: 11n }),
    );
    expect(toFigures(inputOf({ a: { eligible: 5 }, b: { yes: 1 } })).whole).toEqual(
      even({ yes: 1n }),
    );
  });

  it("give who is in no region a region of their own: what the total has more", () => {
    const total = { yes: 5, no: 1, present: 9, eligible: 20 };
    const found = toFigures(inputOf({ a: { yes: 2, present: 3, eligible: 8 } }, { total }));
    expect(found.whole).toEqual(even({ yes: 5n, no: 1n, present: 9n, eligible: 20n }));
    expect(found.regions).toEqual(
      new Map([
        ["a", even({ yes: 2n, present: 3n, eligible: 8n })],
        ["", even({ yes: 3n, no: 1n, present: 6n, eligible: 12n })],
      ]),
    );
  });

  it("of a total beside no region are all in that region, whose electorate is not known", () => {
    const found = toFigures(inputOf({}, { total: { yes: 5, eligible: 20 } }));
    expect(found.whole).toEqual(even({ yes: 5n, eligible: 20n }));
    expect(found.regions).toEqual(new Map([["", even({ yes: 5n })]]));
  });

  it("take from the regions what the total leaves out, and add who else came", () => {
    const regions = { a: { yes: 2, no: 1, present: 7, eligible: 8 } };
    const found = toFigures(inputOf(regions, { total: { yes: 4, no: 2 } }));
    expect(found.whole).toEqual(even({ yes: 4n, no: 2n, present: 10n, eligible: 8n }));
    expect(found.regions.get("")).toEqual(even({ yes: 2n, no: 1n, present: 3n, eligible: 0n }));
    const without = toFigures(inputOf({ a: { yes: 2 } }, { total: { yes: 4 } }));
    expect(without.whole).toEqual(even({ yes: 4n }));
    expect(without.regions.get("")).toEqual(even({ yes: 2n }));
  });

  it("keep who is in no region already, with what the total has more", () => {
    const regions = { a: { yes: 2 }, "": { yes: 3, no: 1 } };
    const found = toFigures(inputOf(regions, { total: { yes: 7, no: 1 } }));
    expect([...found.regions]).toEqual([
      ["a", even({ yes: 2n })],
      ["", even({ yes: 5n, no: 1n })],
    ]);
    const electorates = { a: { eligible: 2 }, "": { eligible: 3 } };
    const known = toFigures(inputOf(electorates, { total: { eligible: 6 } }));
    expect(known.regions.get("")).toEqual(even({ eligible: 4n }));
  });

  it("of weights differ from those of ballots", () => {
    const total: PlainCounts = { yes: [5, 50n], eligible: [9, 90n] };
    const found = toFigures(inputOf({ a: { yes: [2, 7n], eligible: [4, 8n] } }, { total }));
    expect(found.regions.get("")).toEqual({
      ballots: counts({ yes: 3n, eligible: 5n }),
      weight: counts({ yes: 43n, eligible: 82n }),
    });
  });
});

describe("what a rule is evaluated with", () => {
  const groups = new Map();
  const bitsOf = (regions: Record<string, PlainCounts>, total?: PlainCounts) =>
    contextOf({ groups }, inputOf(regions, total && { total }), new Work(1_000)).figureBits;

  it("has figures of so many bits: the longest, of eight kinds in all regions and the whole", () => {
    expect(bitsOf({})).toBe(4);
    expect(bitsOf({ a: {} })).toBe(5);
    expect(bitsOf({ a: { yes: 1 } })).toBe(5);
    expect(bitsOf({ a: { yes: 16 } })).toBe(9);
    for (const kind of ["yes", "no", "abstain", "blank", "invalid", "present", "eligible"]) {
      expect(bitsOf({ a: { [kind]: 255 } })).toBe(12);
      expect(bitsOf({ a: { [kind]: [1, 2n ** 70n] } })).toBe(75);
      expect(bitsOf({ a: { [kind]: 255 }, b: {}, c: {} })).toBe(13);
    }
    expect(bitsOf({ a: { yes: 255, present: 1, eligible: 1 } })).toBe(12);
    expect(bitsOf({ a: { present: 255, eligible: 1 } })).toBe(12);
    expect(bitsOf({}, { yes: 255 })).toBe(12);
    expect(bitsOf({ a: { yes: 9 }, b: { yes: 255 } }, { yes: 264 })).toBe(14);
  });

  it("takes work for each region, who is in none, and the whole", () => {
    const work = new Work(4 * workUnits.regionFigures);
    const input = inputOf({ a: {}, b: {} });
    expect(contextOf({ groups }, input, work)).toMatchObject({ groups, work, figureBits: 5 });
    expect(work.spent).toBe(4 * workUnits.regionFigures);
    expect(() => contextOf({ groups }, input, new Work(79))).toThrow(WorkExceededError);
  });
});
