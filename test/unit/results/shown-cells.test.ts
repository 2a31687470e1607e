import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellVotersMin } from "../../../src/decision/cell-voters-min.ts";
import { visibilities } from "../../../src/decision/decision.ts";
import { cellLookup, shownCells, type CountedCell } from "../../../src/results/shown-cells.ts";
import { randomRuns } from "../../support/random-runs.ts";

const regions = ["north", "south", "east"].map((code) => ({ code, name: code }));
const terms = {
  disclosure: "pseudonymous",
  visibility: "sealed",
  smallCellsMin: 0,
  regions,
  weightMax: 9,
  roll: null,
} as const;

function cell(region: string, weight: number, voters: number): CountedCell {
  return { region, weight, voters };
}

const countedArbitrary = fc.uniqueArray(
  fc.record({
    region: fc.constantFrom("north", "south", "east"),
    weight: fc.integer({ min: 1, max: 4 }),
    voters: fc.integer({ min: 0, max: 30 }),
  }),
  { selector: ({ region, weight }) => `${region}/${weight}`, maxLength: 12 },
);

const termsArbitrary = fc.record({
  visibility: fc.constantFrom(...visibilities),
  smallCellsMin: fc.integer({ min: 0, max: 25 }),
});

/**
 * The voters of the smallest group that can be computed from what is shown. Whatever is summed or
 * subtracted is a union of groups of voters who are in the same of the shown figures.
 */
function smallestGroup(counted: readonly CountedCell[], shown: ReturnType<typeof shownCells>) {
  const isShown = cellLookup(shown);
  const groups = new Map<string, number>();
  for (const { region, weight, voters } of counted) {
    if (voters === 0) continue;
    const inCell = isShown(region, weight) ? `${region}/${weight}` : "";
    const inRegion = shown.regions.includes(region) ? region : "";
    const key = `${inRegion}|${inCell}`;
    groups.set(key, (groups.get(key) ?? 0) + voters);
  }
  return { least: Math.min(...groups.values()), count: groups.size };
}

describe("which regions and weights are shown after the close", () => {
  it("are such that no sum or difference of figures is of fewer voters than needed, unless it is the whole", () => {
    fc.assert(
      fc.property(countedArbitrary, termsArbitrary, (counted, { visibility, smallCellsMin }) => {
        const shown = shownCells({ ...terms, visibility, smallCellsMin }, counted);
        const { least, count } = smallestGroup(counted, shown);
        if (count > 1) expect(least).toBeGreaterThanOrEqual(cellVotersMin({ smallCellsMin }));
      }),
      { numRuns: randomRuns(2_000) },
    );
  });

  it("hide no more than they must: without the largest hidden cell too few would be hidden", () => {
    fc.assert(
      fc.property(countedArbitrary, (counted) => {
        const isShown = cellLookup(shownCells(terms, counted));
        const hidden = counted
          .filter(({ region, weight, voters }) => voters > 0 && !isShown(region, weight))
          .map(({ voters }) => voters)
          .toSorted((a, b) => a - b);
        const largest = hidden.at(-1) ?? 0;
        const rest = hidden.slice(0, -1).reduce((sum, voters) => sum + voters, 0);
        if (largest >= 10) expect(rest).toBeLessThan(10);
      }),
      { numRuns: randomRuns(2_000) },
    );
  });

  it("are all where ten voters share each", () => {
    const counted = [cell("south", 1, 10), cell("north", 1, 12), cell("north", 2, 10)];
    expect(shownCells(terms, counted)).toEqual({
      cells: [cell("north", 1, 12), cell("north", 2, 10), cell("south", 1, 10)],
      regions: ["north", "south", "east"],
    });
  });

  it("hide the next smallest where one alone is small, and with it its region", () => {
    const counted = [cell("north", 1, 40), cell("south", 1, 9), cell("east", 1, 12)];
    expect(shownCells(terms, counted)).toEqual({
      cells: [cell("north", 1, 40)],
      regions: ["north"],
    });
  });

  it("hide a region of which one weight is hidden", () => {
    const counted = [cell("north", 1, 40), cell("north", 5, 6), cell("south", 2, 4)];
    expect(shownCells(terms, counted)).toEqual({
      cells: [cell("north", 1, 40)],
      regions: ["east"],
    });
  });

  it("are as many as `small_cells_min` asks for, where that is more", () => {
    const counted = [cell("north", 1, 20), cell("south", 1, 19), cell("east", 1, 21)];
    expect(shownCells({ ...terms, smallCellsMin: 20 }, counted).regions).toEqual(["east"]);
  });

  it("are none in a council of seven, nor regions in which nobody voted", () => {
    expect(shownCells(terms, [cell("north", 1, 7)])).toEqual({ cells: [], regions: [] });
  });

  it("are all of a council of seven without regions and weights, where they say nothing", () => {
    const council = { ...terms, regions: [], weightMax: 1 };
    expect(shownCells(council, [cell("", 1, 7)]).cells).toEqual([cell("", 1, 7)]);
    const shares = {
      import: 1,
      hash: "",
      regions: [],
      fewestAlike: [],
      shardHashes: [],
      isInRoom: true,
      voterIds: "case_mapped" as const,
    };
    const onRoll = (weight: string) => ({ ...council, roll: { ...shares, voters: 7, weight } });
    expect(shownCells(onRoll("7"), [cell("", 1, 7)]).cells).toHaveLength(1);
    expect(shownCells(onRoll("8"), [cell("", 1, 7)]).cells).toHaveLength(0);
  });

  it("leave out weights that differ in a region whose counts were shown before the close", () => {
    // Of eleven voters of weight 1, ten had been shown: the eleventh would be the difference.
    const counted = [cell("north", 1, 11), cell("north", 2, 20), cell("south", 1, 12)];
    expect(shownCells({ ...terms, visibility: "live" }, counted)).toEqual({
      cells: [cell("south", 1, 12)],
      regions: ["north", "south", "east"],
    });
    expect(shownCells({ ...terms, visibility: "turnout" }, counted).cells).toHaveLength(3);
  });

  it("are all in a roll call", () => {
    const counted = [cell("north", 1, 1), cell("south", 5, 1)];
    const shown = shownCells({ ...terms, disclosure: "roll_call" }, counted);
    expect(shown).toEqual({ cells: counted, regions: ["north", "south", "east"] });
  });

  it("are no more than can be listed: the largest", () => {
    const many = Array.from({ length: 2_100 }, (_, index) => cell("north", index + 1, 10 + index));
    const { cells } = shownCells(terms, many);
    expect(cells).toHaveLength(2_000);
    expect(cells[0]?.voters).toBe(110);
  });
});
