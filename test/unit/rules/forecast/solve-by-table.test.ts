import { describe, expect, it } from "vitest";
import type { CoverItem } from "../../../../src/rules/forecast/cover-problem.ts";
import { solveByTable, tableCells } from "../../../../src/rules/forecast/solve-by-table.ts";
import { Work, WorkExceededError } from "../../../../src/rules/work.ts";
import { workUnits } from "../../../../src/rules/work-units.ts";

const item = (cost: number, ...gains: number[]): CoverItem => ({
  cost: BigInt(cost),
  gains: gains.map(BigInt),
});

function solve(itemsByUnit: CoverItem[][], ...needs: number[]) {
  return solveByTable({ itemsByUnit, needs: needs.map(BigInt) }, new Work(1_000_000));
}

describe("the cells of a table", () => {
  it("are one for each item and none, in every state of all needs", () => {
    expect(tableCells({ itemsByUnit: [], needs: [] })).toBe(1n);
    expect(tableCells({ itemsByUnit: [[]], needs: [4n] })).toBe(5n);
    const three = [[item(1, 1), item(2, 2)], [item(1, 1)]];
    expect(tableCells({ itemsByUnit: three, needs: [4n] })).toBe(20n);
    expect(tableCells({ itemsByUnit: three, needs: [4n, 2n, 1n] })).toBe(120n);
  });

  it("are its work, so many at once and the last of them too", () => {
    const problem = { itemsByUnit: [[item(1, 1)]], needs: [BigInt(workUnits.tableCells)] };
    const work = new Work(3);
    solveByTable(problem, work);
    expect(work.spent).toBe(3);
    expect(() => solveByTable(problem, new Work(2))).toThrow(WorkExceededError);
  });
});

describe("the cheapest cover by a table", () => {
  it("takes an item that is enough exactly, and none where one gain is missing", () => {
    expect(solve([[item(5, 3)]], 3)).toEqual({ taken: [0], cost: 5n, atLeast: 5n });
    expect(solve([[item(5, 4)]], 3)).toEqual({ taken: [0], cost: 5n, atLeast: 5n });
    expect(solve([[item(5, 2)]], 3)).toBeNull();
    expect(solve([[item(5, 2), item(6, 1)]], 3)).toBeNull();
    expect(solve([], 1)).toBeNull();
  });

  it("takes nothing where nothing is needed", () => {
    const nothing = { cost: 0n, atLeast: 0n };
    expect(solve([[item(5, 3)], [item(1, 1)]], 0)).toEqual({ taken: [null, null], ...nothing });
    expect(solve([[item(5, 3, 1)]], 0, 0)).toEqual({ taken: [null], ...nothing });
    expect(solve([[item(5)]])).toEqual({ taken: [null], ...nothing });
  });

  it("takes one item a unit at most, the cheapest that is enough, and free ones for nothing", () => {
    const choices = [[item(9, 6), item(4, 3), item(6, 4), item(1, 1)]];
    const taken = [0, 1, 2, 3, 4, 5, 6].map((need) => solve(choices, need)?.taken);
    expect(taken).toEqual([[null], [3], [1], [1], [2], [0], [0]]);
    expect(solve([[item(0, 2)], [item(3, 2)]], 2)).toEqual({
      taken: [0, null],
      cost: 0n,
      atLeast: 0n,
    });
  });

  it("takes of equal ways that of the first items of the last units, and always the same", () => {
    expect(solve([[item(2, 1), item(2, 1)]], 1)?.taken).toEqual([0]);
    expect(solve([[item(2, 1)], [item(2, 1)]], 1)?.taken).toEqual([null, 0]);
  });

  it("adds up units until the need is reached", () => {
    const units = [[item(4, 3)], [item(5, 4)], [item(3, 2)], [item(9, 9)]];
    expect(solve(units, 5)).toEqual({ taken: [0, null, 0, null], cost: 7n, atLeast: 7n });
    expect(solve(units, 6)).toEqual({ taken: [null, 0, 0, null], cost: 8n, atLeast: 8n });
    expect(solve(units, 7)).toEqual({ taken: [null, null, null, 0], cost: 9n, atLeast: 9n });
    expect(solve(units, 18)).toEqual({ taken: [0, 0, 0, 0], cost: 21n, atLeast: 21n });
    expect(solve(units, 19)).toBeNull();
  });

  it("reaches two needs by items that serve one, the other or both", () => {
    const units = [[item(3, 2, 0)], [item(3, 0, 3)], [item(7, 2, 3)], [item(1, 1, 0)]];
    expect(solve(units, 2, 3)).toEqual({ taken: [0, 0, null, null], cost: 6n, atLeast: 6n });
    expect(solve(units, 3, 3)).toEqual({ taken: [0, 0, null, 0], cost: 7n, atLeast: 7n });
    expect(solve(units, 1, 0)).toEqual({ taken: [null, null, null, 0], cost: 1n, atLeast: 1n });
    expect(solve(units, 0, 4)).toEqual({ taken: [null, 0, 0, null], cost: 10n, atLeast: 10n });
    expect(solve(units, 4, 6)).toEqual({ taken: [0, 0, 0, null], cost: 13n, atLeast: 13n });
    expect(solve(units, 5, 7)).toBeNull();
    expect(solve(units, 6, 1)).toBeNull();
  });

  it("reaches three needs of different sizes", () => {
    const units = [
      [item(2, 1, 0, 2), item(5, 2, 3, 1)],
      [item(4, 0, 2, 0), item(3, 1, 1, 0)],
      [item(1, 0, 0, 4)],
    ];
    expect(solve(units, 1, 2, 3)).toEqual({ taken: [1, null, 0], cost: 6n, atLeast: 6n });
    expect(solve(units, 2, 3, 1)).toEqual({ taken: [1, null, null], cost: 5n, atLeast: 5n });
    expect(solve(units, 2, 1, 2)).toEqual({ taken: [0, 1, null], cost: 5n, atLeast: 5n });
    expect(solve(units, 3, 4, 5)).toEqual({ taken: [1, 1, 0], cost: 9n, atLeast: 9n });
    expect(solve(units, 2, 5, 5)).toEqual({ taken: [1, 0, 0], cost: 10n, atLeast: 10n });
    expect(solve(units, 3, 5, 0)).toBeNull();
    expect(solve(units, 0, 0, 7)).toBeNull();
  });
});
