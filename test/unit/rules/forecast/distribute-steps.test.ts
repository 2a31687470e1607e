import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distributeSteps } from "../../../../src/rules/forecast/distribute-steps.ts";
import type { LowerBound } from "../../../../src/rules/forecast/search.ts";
import { Work } from "../../../../src/rules/work.ts";
import { workUnits } from "../../../../src/rules/work-units.ts";
import { randomRuns } from "../../../support/random-runs.ts";

const codes = ["a", "b", "c"];
const bound = (need: number, regions: string[] | null): LowerBound => ({
  need: BigInt(need),
  regions,
});

function distribute(bounds: LowerBound[], most: number[], work = new Work(1_000_000)) {
  const headroom = new Map(codes.map((code, at) => [code, BigInt(most[at] ?? 0)]));
  return distributeSteps(bounds, { headroom, work });
}

/** The fewest steps of all ways to take them; null where none meets all bounds. */
function leastByTrying(bounds: LowerBound[], most: number[]): number | null {
  let least: number | null = null;
  const [a = 0, b = 0, c = 0] = most;
  for (let one = 0; one <= a; one += 1) {
    for (let two = 0; two <= b; two += 1) {
      for (let three = 0; three <= c; three += 1) {
        const steps: Record<string, number> = { a: one, b: two, c: three };
        const isMet = bounds.every(
          ({ need, regions }) =>
            (regions ?? codes).reduce((sum, code) => sum + (steps[code] ?? 0), 0) >= need,
        );
        const total = one + two + three;
        if (isMet && (least === null || total < least)) least = total;
      }
    }
  }
  return least;
}

describe("steps for lower bounds", () => {
  it("are the fewest where bounds are nested or apart, and said to be", () => {
    const found = distribute([bound(5, null), bound(2, ["a"]), bound(1, ["b", "c"])], [3, 3, 3]);
    expect(found).toMatchObject({ total: 5n, isLeast: true });
    expect(distribute([bound(2, ["a"]), bound(3, ["b"])], [3, 3, 3])).toEqual({
      total: 5n,
      isLeast: true,
      steps: new Map([
        ["a", 2n],
        ["b", 3n],
      ]),
    });
  });

  it("count what narrower bounds have brought, in whatever order they stand", () => {
    const bounds = [bound(2, ["a", "b"]), bound(2, ["a"])];
    for (const ordered of [bounds, bounds.toReversed()]) {
      expect(distribute(ordered, [3, 3, 0])).toMatchObject({ total: 2n, isLeast: true });
    }
  });

  it("are not said to be the fewest where bounds overlap", () => {
    const found = distribute([bound(2, ["a", "b"]), bound(2, ["b", "c"])], [3, 3, 3]);
    expect(found?.isLeast).toBe(false);
    expect(distribute([bound(0, ["a", "b"]), bound(0, ["b", "a"])], [1, 1, 1])?.isLeast).toBe(true);
    const inside = [bound(1, ["a", "b", "c"]), bound(1, ["a", "b"]), bound(1, ["c"])];
    expect(distribute(inside, [1, 1, 1])?.isLeast).toBe(true);
  });

  it("are none where the headroom does not suffice, and take none where nothing is needed", () => {
    expect(distribute([bound(4, ["a"])], [3, 9, 9])).toBeNull();
    expect(distribute([bound(10, null)], [3, 3, 3])).toBeNull();
    expect(distribute([bound(9, null)], [3, 3, 3])?.total).toBe(9n);
    expect(distribute([bound(0, ["a"]), bound(-2, null)], [3, 3, 3])).toEqual({
      total: 0n,
      isLeast: true,
      steps: new Map(),
    });
  });

  it("are counted as work: each bound, and again where it spans regions", () => {
    const work = new Work(1_000);
    distribute([bound(1, ["a"]), bound(1, ["a", "b"]), bound(1, null)], [3, 3, 3], work);
    expect(work.spent).toBe(3 * 2 + (1 + 2 + 3 + 2) * workUnits.name);
  });

  it("meet every bound within the headroom, and where they say so no others are fewer", () => {
    const need = fc.integer({ min: 0, max: 5 });
    const regions = fc.option(fc.subarray(codes, { minLength: 1 }), { freq: 4 });
    const bounds = fc.array(fc.tuple(need, regions), { minLength: 1, maxLength: 4 });
    const most = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 3, maxLength: 3 });
    let least = 0;
    fc.assert(
      fc.property(bounds, most, (drawn, room) => {
        const asked = drawn.map(([each, of]) => bound(each, of));
        const found = distribute(asked, room);
        const tried = leastByTrying(asked, room);
        if (tried === null) expect(found).toBeNull();
        if (found === null) return;
        for (const { need: needed, regions: of } of asked) {
          const taken = (of ?? codes).map((code) => found.steps.get(code) ?? 0n);
          expect(taken.reduce((sum, one) => sum + one, 0n)).toBeGreaterThanOrEqual(needed);
        }
        for (const [at, code] of codes.entries()) {
          expect(Number(found.steps.get(code) ?? 0n)).toBeLessThanOrEqual(room[at] ?? 0);
        }
        const total = [...found.steps.values()].reduce((sum, one) => sum + one, 0n);
        expect(found.total).toBe(total);
        if (!found.isLeast) return;
        least += 1;
        expect(Number(found.total)).toBe(tried);
      }),
      { numRuns: randomRuns(1_000) },
    );
    expect(least).toBeGreaterThan(randomRuns(100));
  });
});
