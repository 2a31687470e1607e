import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupRegions } from "../../../src/results/small-cells.ts";

const regionsArbitrary = fc
  .array(fc.integer({ min: 0, max: 12 }), { maxLength: 9 })
  .map((counts) => new Map(counts.map((ballots, index) => [`r${index}`, ballots])));
const leastArbitrary = fc.integer({ min: 2, max: 8 });

function sumOf(ballotsOf: ReadonlyMap<string, number>, codes: readonly string[]): number {
  return codes.reduce((sum, code) => sum + (ballotsOf.get(code) ?? 0), 0);
}

describe("merging small regions", () => {
  it("shows no region by itself that has too few ballots, and loses none", () => {
    fc.assert(
      fc.property(regionsArbitrary, leastArbitrary, (ballotsOf, least) => {
        const { shown, merged } = groupRegions(ballotsOf, least);
        expect([...shown, ...merged].toSorted()).toEqual([...ballotsOf.keys()].toSorted());
        for (const code of shown) expect(ballotsOf.get(code)).toBeGreaterThanOrEqual(least);
      }),
      { numRuns: 1_000 },
    );
  });

  it("leaves nothing small to be computed from the total: the merged cell is two regions and enough ballots, or everything", () => {
    fc.assert(
      fc.property(regionsArbitrary, leastArbitrary, (ballotsOf, least) => {
        const { shown, merged } = groupRegions(ballotsOf, least);
        if (merged.length === 0 || shown.length === 0) return;
        expect(merged.length).toBeGreaterThanOrEqual(2);
        expect(sumOf(ballotsOf, merged)).toBeGreaterThanOrEqual(least);
      }),
      { numRuns: 1_000 },
    );
  });

  it("merges no more than it must: without the largest of them the merged cell would be too small or a region too few", () => {
    fc.assert(
      fc.property(regionsArbitrary, leastArbitrary, (ballotsOf, least) => {
        const { merged } = groupRegions(ballotsOf, least);
        const largest = merged.toSorted((a, b) => sumOf(ballotsOf, [b]) - sumOf(ballotsOf, [a]))[0];
        if (largest === undefined || sumOf(ballotsOf, [largest]) < least) return;
        const rest = merged.filter((code) => code !== largest);
        expect(rest.length < 2 || sumOf(ballotsOf, rest) < least).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it("joins the next larger region to a single small one", () => {
    const ballotsOf = new Map([
      ["north", 40],
      ["south", 3],
      ["east", 12],
    ]);
    expect(groupRegions(ballotsOf, 5)).toEqual({ shown: ["north"], merged: ["south", "east"] });
  });

  it("merges nothing where every region is large enough, or nothing is to be merged", () => {
    const ballotsOf = new Map([
      ["north", 5],
      ["south", 0],
    ]);
    expect(groupRegions(ballotsOf, 0)).toEqual({ shown: ["north", "south"], merged: [] });
    expect(groupRegions(new Map([["north", 5]]), 5)).toEqual({ shown: ["north"], merged: [] });
  });
});
