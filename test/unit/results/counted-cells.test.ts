import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CountedCells } from "../../../src/results/counted-cells.ts";
import type { CountedGroup } from "../../../src/results/shown-cells.ts";

const cellArbitrary: fc.Arbitrary<CountedGroup> = fc.record({
  region: fc.constantFrom("north", "south", "east", ""),
  weight: fc.option(fc.integer({ min: 1, max: 12 }), { freq: 20 }),
  voters: fc.integer({ min: 1, max: 5 }),
});

function countedIn(cells: readonly CountedGroup[], cellsMax: number): CountedGroup[] {
  const counted = new CountedCells(cellsMax);
  for (const cell of cells) counted.add(cell);
  return counted.cells;
}

function votersOf(cells: readonly CountedGroup[], isOf: (cell: CountedGroup) => boolean): number {
  return cells.filter(isOf).reduce((sum, { voters }) => sum + voters, 0);
}

describe("voters counted by region and weight", () => {
  it("have each cell with all of its voters", () => {
    const cells = [
      { region: "north", weight: 1, voters: 2 },
      { region: "north", weight: 3, voters: 1 },
      { region: "north", weight: 1, voters: 4 },
      { region: "south", weight: 1, voters: 1 },
    ];
    expect(countedIn(cells, 3)).toEqual([
      { region: "north", weight: 1, voters: 6 },
      { region: "north", weight: 3, voters: 1 },
      { region: "south", weight: 1, voters: 1 },
    ]);
  });

  it("are one where their region has the most weights of too many cells", () => {
    const cells = [1, 2, 3].map((weight) => ({ region: "north", weight, voters: 2 }));
    const south = { region: "south", weight: 1, voters: 1 };
    expect(countedIn([south, ...cells], 3)).toEqual([
      south,
      { region: "north", weight: null, voters: 6 },
    ]);
    expect(countedIn([south, ...cells, { region: "north", weight: 9, voters: 1 }], 3)).toEqual([
      south,
      { region: "north", weight: null, voters: 7 },
    ]);
  });

  it("are never more cells than are allowed, one for each region that is one, and lose nobody", () => {
    fc.assert(
      fc.property(fc.array(cellArbitrary), fc.integer({ min: 1, max: 9 }), (cells, cellsMax) => {
        const counted = countedIn(cells, cellsMax);
        expect(counted.filter(({ weight }) => weight !== null).length).toBeLessThanOrEqual(
          cellsMax,
        );
        for (const region of new Set(cells.map((cell) => cell.region))) {
          const isOf = (cell: CountedGroup) => cell.region === region;
          expect(votersOf(counted, isOf)).toBe(votersOf(cells, isOf));
          const own = counted.filter(isOf);
          if (own.some(({ weight }) => weight === null)) expect(own).toHaveLength(1);
        }
      }),
    );
  });
});
