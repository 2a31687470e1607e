import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CoverProblem } from "../../../../src/rules/forecast/cover-problem.ts";
import { tableCells } from "../../../../src/rules/forecast/solve-by-table.ts";
import { solveCover } from "../../../../src/rules/forecast/solve-cover.ts";
import { Work } from "../../../../src/rules/work.ts";
import { workUnits } from "../../../../src/rules/work-units.ts";
import { randomRuns } from "../../../support/random-runs.ts";

const item = (cost: number, ...gains: number[]) => ({
  cost: BigInt(cost),
  gains: gains.map(BigInt),
});

/** The least cost of all ways to take an item of a unit or none; null where no way is enough. */
function leastCost({ itemsByUnit, needs }: CoverProblem): bigint | null {
  let least: bigint | null = null;
  const take = (unit: number, cost: bigint, left: readonly bigint[]): void => {
    const items = itemsByUnit[unit];
    if (items === undefined) {
      if (left.every((need) => need <= 0n) && (least === null || cost < least)) least = cost;
      return;
    }
    take(unit + 1, cost, left);
    for (const { cost: price, gains } of items) {
      const rest = left.map((need, index) => need - (gains[index] ?? 0n));
      take(unit + 1, cost + price, rest);
    }
  };
  take(0, 0n, needs);
  return least;
}

function expectSolved(problem: CoverProblem, work: Work): void {
  const solution = solveCover(problem, work);
  const least = leastCost(problem);
  if (solution === null) {
    expect(least).toBeNull();
    return;
  }
  const taken = solution.taken.map((index, unit) =>
    index === null ? null : problem.itemsByUnit[unit]?.[index],
  );
  expect(taken.reduce((sum, one) => sum + (one?.cost ?? 0n), 0n)).toBe(solution.cost);
  for (const [need, needed] of problem.needs.entries()) {
    const gained = taken.reduce((sum, one) => sum + (one?.gains[need] ?? 0n), 0n);
    expect(gained).toBeGreaterThanOrEqual(needed);
  }
  expect([solution.cost, solution.atLeast]).toEqual([least, least]);
}

const problems = fc.integer({ min: 1, max: 2 }).chain((needs) =>
  fc.record({
    itemsByUnit: fc.array(
      fc.array(
        fc.record({
          cost: fc.bigInt({ min: 1n, max: 20n }),
          gains: fc.array(fc.bigInt({ min: 0n, max: 12n }), {
            minLength: needs,
            maxLength: needs,
          }),
        }),
        { maxLength: 2 },
      ),
      { minLength: 1, maxLength: 5 },
    ),
    needs: fc.array(fc.bigInt({ min: 0n, max: 25n }), { minLength: needs, maxLength: needs }),
  }),
);

/** Costs whose sum no plain number holds, which only the search can add up. */
function timesLarge({ itemsByUnit, needs }: CoverProblem): CoverProblem {
  const large = 2n ** 52n;
  return {
    itemsByUnit: itemsByUnit.map((items) =>
      items.map(({ cost, gains }) => ({ cost: cost * large + 1n, gains })),
    ),
    needs,
  };
}

describe("the cheapest cover", () => {
  it("is what trying all ways finds: by the table, and by the search where costs are too large", () => {
    fc.assert(
      fc.property(problems, (problem) => {
        expectSolved(problem, new Work(1_000_000));
        expectSolved(timesLarge(problem), new Work(1_000_000));
      }),
      { numRuns: randomRuns(1_000) },
    );
  });

  it("is looked up in a table of as many cells as are left once gains have no common divisor", () => {
    const work = new Work(1_000_000);
    const problem = { itemsByUnit: [[item(3, 1_000)], [item(2, 3_000)]], needs: [3_500n] };
    expect(solveCover(problem, work)).toEqual({ taken: [0, 0], cost: 5n, atLeast: 5n });
    const scaled = { itemsByUnit: [[item(3, 1)], [item(2, 3)]], needs: [4n] };
    expect(work.spent).toBe(Math.ceil(Number(tableCells(scaled)) / workUnits.tableCells));
  });

  it("is looked up where the table takes all the work that is left, and searched for where more", () => {
    const problem = { itemsByUnit: [[item(3, 7)], [item(2, 5)]], needs: [9_599n] };
    const cells = tableCells(problem);
    expect(cells).toBe(28_800n);
    const enough = Number(cells) / workUnits.tableCells + 1;
    const byTable = new Work(enough);
    expect(solveCover(problem, byTable)).toBeNull();
    expect(byTable.spent).toBe(enough - 1);
    const bySearch = new Work(enough - 1);
    expect(solveCover(problem, bySearch)).toBeNull();
    expect(bySearch.spent).not.toBe(enough - 1);
  });

  it("of no gain at all is none, and of no need is nothing", () => {
    expect(solveCover({ itemsByUnit: [[item(1, 0)]], needs: [1n] }, new Work(1_000))).toBeNull();
    const nothing = { taken: [null], cost: 0n, atLeast: 0n };
    const idle = { itemsByUnit: [[item(1, 0)]], needs: [0n] };
    expect(solveCover(idle, new Work(1_000))).toEqual(nothing);
  });
});
