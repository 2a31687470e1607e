import { describe, expect, it } from "vitest";
import { branchAndBound } from "../../../../src/rules/forecast/branch-and-bound.ts";
import { NotSearchableError } from "../../../../src/rules/forecast/search.ts";
import { takeCheapest } from "../../../../src/rules/forecast/take-cheapest.ts";
import { Work } from "../../../../src/rules/work.ts";
import { workUnits } from "../../../../src/rules/work-units.ts";

const item = (cost: number, ...gains: number[]) => ({
  cost: BigInt(cost),
  gains: gains.map(BigInt),
});

/** Cheap for what it adds is the first alone; two others together are cheaper than it and a third. */
const problem = {
  itemsByUnit: [[item(5, 9)], [item(6, 8)], [item(6, 8)], [item(9, 12)]],
  needs: [16n],
};
const workOfNode = 1 + workUnits.coverItem * 4;
const workOfStart = 3 * workOfNode + 12 * 4;

describe("branch and bound", () => {
  it("proves the cheapest where its work is enough", () => {
    expect(branchAndBound(problem, new Work(100_000))).toEqual({
      taken: [0, 0, null, null],
      cost: 11n,
      atLeast: 11n,
    });
  });

  it("gives what it started from once its work ends, with a bound that holds for all", () => {
    const work = new Work(workOfStart);
    const found = branchAndBound(problem, work);
    expect(found).toMatchObject(takeCheapest(problem) ?? {});
    // 9 for 5 and, as if it could be parted, 7 of 8 for 6, rounded up.
    expect(found?.atLeast).toBe(11n);
    expect(work.spent).toBe(workOfStart);
  });

  it("does not begin where the work to start from is not there", () => {
    expect(() => branchAndBound(problem, new Work(workOfStart - 1))).toThrow(NotSearchableError);
  });

  it("finds that a need can't be reached, though each need alone could", () => {
    const apart = { itemsByUnit: [[item(1, 4, 0), item(1, 0, 4)]], needs: [4n, 4n] };
    expect(branchAndBound(apart, new Work(100_000))).toBeNull();
    expect(branchAndBound({ ...apart, needs: [5n, 0n] }, new Work(100_000))).toBeNull();
  });

  it("throws where its work ends before anything is found", () => {
    const apart = {
      itemsByUnit: [[item(1, 4, 0), item(1, 0, 4)], [item(1, 0, 1)]],
      needs: [4n, 4n],
    };
    const start = 3 * (1 + workUnits.coverItem * 3 * 2) + 12 * 3;
    expect(() => branchAndBound(apart, new Work(start))).toThrow(NotSearchableError);
  });
});

/** Units of one item each, or of two, that serve one need, two or three. */
const plain = [[item(4, 3)], [item(5, 4)], [item(3, 2)], [item(9, 9)]];
const two = [[item(3, 2, 0)], [item(3, 0, 3)], [item(7, 2, 3)], [item(1, 1, 0)]];
const choices = [
  [item(3, 2, 0), item(5, 3, 1)],
  [item(3, 0, 3), item(4, 1, 3)],
  [item(7, 2, 3)],
  [item(1, 1, 0)],
];
const three = [
  [item(2, 1, 0, 2), item(5, 2, 3, 1)],
  [item(4, 0, 2, 0), item(3, 1, 1, 0)],
  [item(1, 0, 0, 4)],
];

describe.each([
  [plain, [5n], [0, null, 0, null], 7n, 9, [null, null, null, 0], 9n],
  [plain, [7n], [null, null, null, 0], 9n, 2, [null, null, null, 0], 9n],
  [plain, [11n], [null, null, 0, 0], 12n, 6, [null, 0, null, 0], 14n],
  [two, [4n, 6n], [0, 0, 0, null], 13n, 7, [0, 0, 0, null], 13n],
  [choices, [5n, 5n], [0, 0, 0, 0], 14n, 20, [1, 0, 0, null], 15n],
  [three, [2n, 5n, 5n], [1, 0, 0], 10n, 7, [1, 0, 0], 10n],
  [[[item(0, 2)], [item(3, 2)]], [3n], [0, 0], 3n, 4, [0, 0], 3n],
  [
    [[item(10, 10)], [item(10, 10)], [item(11, 11)], [item(1, 0)]],
    [12n],
    [0, 0, null, null],
    20n,
    8,
    [0, null, 0, null],
    21n,
  ],
  [
    [[item(7, 6)], [item(6, 5)], [item(6, 5)], [item(13, 12)]],
    [10n],
    [null, 0, 0, null],
    12n,
    9,
    [null, null, null, 0],
    13n,
  ],
])("of these units %#", (itemsByUnit, needs, taken, cost, nodes, start, startCost) => {
  it("the cheapest is found, by looking no further than its bounds ask for", () => {
    const work = new Work(100_000);
    expect(branchAndBound({ itemsByUnit, needs }, work)).toEqual({ taken, cost, atLeast: cost });
    const items = itemsByUnit.flat().length;
    const workOfEach = 1 + workUnits.coverItem * items * needs.length;
    expect(work.spent).toBe((3 + nodes) * workOfEach + 12 * items);
  });

  it("the search starts from what is cheap for what it adds", () => {
    expect(takeCheapest({ itemsByUnit, needs })).toEqual({ taken: start, cost: startCost });
  });

  it("no fewer would be enough, whatever the work that is left", () => {
    const items = itemsByUnit.flat().length;
    const workOfEach = 1 + workUnits.coverItem * items * needs.length;
    for (let left = 0; left < nodes; left += 1) {
      const work = new Work((3 + left) * workOfEach + 12 * items);
      const found = branchAndBound({ itemsByUnit, needs }, work);
      if (found === null) throw new Error("nothing was found");
      expect(found.cost).toBeLessThanOrEqual(startCost);
      expect(found.cost).toBeGreaterThanOrEqual(cost);
      expect(found.atLeast).toBeLessThanOrEqual(cost);
      expect(found.atLeast).toBeGreaterThan(0n);
      expect(work.spent).toBe((3 + left) * workOfEach + 12 * items);
    }
  });
});

describe("the solution to start from", () => {
  it("takes items by their price, and gives back those that are not needed", () => {
    const found = takeCheapest({
      itemsByUnit: [[item(1, 2)], [item(8, 10)]],
      needs: [10n],
    });
    expect(found).toEqual({ taken: [null, 0], cost: 8n });
  });

  it("takes one item a unit, of several needs what helps each, and is none where that fails", () => {
    const itemsByUnit = [[item(3, 5, 0), item(4, 5, 5)], [item(9, 0, 5)]];
    expect(takeCheapest({ itemsByUnit, needs: [5n, 5n] })).toEqual({
      taken: [1, null],
      cost: 4n,
    });
    expect(takeCheapest({ itemsByUnit, needs: [6n, 5n] })).toBeNull();
    expect(takeCheapest({ itemsByUnit: [[item(1, 1)]], needs: [1n] })?.taken).toEqual([0]);
  });

  it("gives back the dearest of those that are not needed, as many as can be spared", () => {
    const take = (itemsByUnit: ReturnType<typeof item>[][], ...needs: number[]) =>
      takeCheapest({ itemsByUnit, needs: needs.map(BigInt) });
    // The cheap ones come first, and with the last, which is large, only it is needed.
    expect(take([[item(1, 2)], [item(2, 3)], [item(9, 10)]], 10)).toEqual({
      taken: [null, null, 0],
      cost: 9n,
    });
    expect(take([[item(1, 2)], [item(2, 3)], [item(9, 10)]], 13)).toEqual({
      taken: [null, 0, 0],
      cost: 11n,
    });
    expect(take([[item(3, 3)], [item(1, 1)], [item(9, 8)]], 11)).toEqual({
      taken: [0, null, 0],
      cost: 12n,
    });
    const four = [[item(1, 2)], [item(2, 3)], [item(3, 4)]];
    expect(take([...four, [item(9, 10)]], 12)).toEqual({ taken: [0, null, null, 0], cost: 10n });
    expect(take([...four, [item(30, 20)]], 21)).toEqual({ taken: [0, null, null, 0], cost: 31n });
    expect(take([...four, [item(30, 20)]], 24)).toEqual({ taken: [0, 0, null, 0], cost: 33n });
  });

  it("takes nothing that helps no need, and ends once all needs are met", () => {
    const found = takeCheapest({
      itemsByUnit: [[item(0, 0, 3)], [item(1, 2, 0)], [item(1, 0, 2)], [item(5, 9, 9)]],
      needs: [2n, 0n],
    });
    expect(found).toEqual({ taken: [null, 0, null, null], cost: 1n });
    expect(takeCheapest({ itemsByUnit: [[item(1, 1)]], needs: [0n] })).toEqual({
      taken: [null],
      cost: 0n,
    });
  });

  it("weighs needs in several ways, of which the cheapest counts", () => {
    // By all needs alike the items that serve both come first; two of one need each are cheaper.
    const itemsByUnit = [[item(7, 5, 5)], [item(3, 5, 1)], [item(3, 1, 5)], [item(20, 9, 9)]];
    expect(takeCheapest({ itemsByUnit, needs: [6n, 6n] })).toEqual({
      taken: [null, 0, 0, null],
      cost: 6n,
    });
    const apart = [[item(4, 9, 0)], [item(4, 0, 9)], [item(9, 6, 6)], [item(9, 4, 4)]];
    expect(takeCheapest({ itemsByUnit: apart, needs: [9n, 9n] })).toEqual({
      taken: [0, 0, null, null],
      cost: 8n,
    });
    const ofThree = [
      [item(2, 6, 0, 1)],
      [item(2, 0, 6, 1)],
      [item(3, 1, 1, 6)],
      [item(9, 6, 6, 6)],
    ];
    expect(takeCheapest({ itemsByUnit: ofThree, needs: [6n, 6n, 6n] })).toEqual({
      taken: [0, 0, 0, null],
      cost: 7n,
    });
    const ofFour = [[item(2, 1, 1, 0, 0)], [item(2, 0, 0, 1, 1)], [item(5, 1, 1, 1, 1)]];
    expect(takeCheapest({ itemsByUnit: ofFour, needs: [1n, 1n, 1n, 1n] })).toEqual({
      taken: [0, 0, null],
      cost: 4n,
    });
    expect(takeCheapest({ itemsByUnit: [[item(3)]], needs: [] })).toEqual({
      taken: [null],
      cost: 0n,
    });
  });
});
