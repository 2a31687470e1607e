import { describe, expect, it } from "vitest";
import { planOption } from "../../../../src/rules/forecast/plan-option.ts";
import {
  NotSearchableError,
  type LowerBound,
  type Option,
  type Unit,
} from "../../../../src/rules/forecast/search.ts";
import { workUnits } from "../../../../src/rules/work-units.ts";
import { searchOf } from "./search-context.ts";

const bound = (need: number, ...regions: string[]): LowerBound => ({ need: BigInt(need), regions });
const anywhere = (need: number): LowerBound => ({ need: BigInt(need), regions: null });
const needs = (...lowerBounds: LowerBound[]): Option => ({ lowerBounds, covers: [] });

/** A unit of its own region, unless it has others, that each of these options wins. */
const unit = (name: string, weight: number, options: Option[], regions = [name]): Unit => ({
  scope: { name, regions, members: regions },
  weight: BigInt(weight),
  options,
});
/** A unit that so many steps in its region win. */
const simple = (name: string, weight: number, need: number) =>
  unit(name, weight, [needs(bound(need, name))]);
const cover = (need: number, ...units: Unit[]) => ({ need: BigInt(need), units });

function plan(option: Partial<Option>, headroom: Record<string, number>, workMax = 1_000_000) {
  const search = searchOf({ headroom, workMax });
  return planOption({ lowerBounds: [], covers: [], ...option }, search, 1);
}
const steps = (of: Record<string, number>) =>
  new Map(Object.entries(of).map(([code, count]) => [code, BigInt(count)]));

describe("the plan of an option", () => {
  it("of bounds alone is their distribution, and exact where they are nested", () => {
    const lowerBounds = [anywhere(5), bound(2, "a"), bound(3, "a", "b")];
    expect(plan({ lowerBounds }, { a: 9, b: 9 })).toEqual({
      total: 5n,
      steps: steps({ a: 5 }),
      isLeast: true,
      atLeast: 5n,
    });
    expect(plan({}, { a: 9 })).toEqual({ total: 0n, steps: new Map(), isLeast: true, atLeast: 0n });
  });

  it("of bounds that overlap promises nothing", () => {
    const lowerBounds = [bound(2, "a", "b"), bound(2, "b", "c")];
    const found = plan({ lowerBounds }, { a: 9, b: 9, c: 9 });
    expect(found).toEqual({ total: 4n, steps: steps({ a: 2, b: 2 }), isLeast: false, atLeast: 0n });
  });

  it("is none where the votes do not suffice, for the bounds or for the units", () => {
    expect(plan({ lowerBounds: [bound(3, "a")] }, { a: 2 })).toBeNull();
    expect(plan({ covers: [cover(1, simple("a", 1, 3))] }, { a: 2 })).toBeNull();
    expect(plan({ covers: [cover(1, simple("a", 1, 3))] }, { a: 3 })).toMatchObject({ total: 3n });
  });

  it("takes the cheapest units whose weights reach the need", () => {
    const covers = [cover(3, simple("a", 2, 4), simple("b", 1, 1), simple("c", 3, 6))];
    const room = { a: 9, b: 9, c: 9 };
    const expected = { total: 5n, steps: steps({ a: 4, b: 1 }), isLeast: true, atLeast: 5n };
    expect(plan({ covers }, room)).toEqual(expected);
    // Without room in the second, the third alone is enough.
    const other = { total: 6n, steps: steps({ c: 6 }), isLeast: true, atLeast: 6n };
    expect(plan({ covers }, { ...room, b: 0 })).toEqual(other);
  });

  it("takes of the options of a unit the cheapest that is possible", () => {
    const either = unit("u", 1, [needs(bound(2, "a")), needs(bound(3, "b"))], ["a", "b"]);
    const covers = [cover(1, either)];
    expect(plan({ covers }, { a: 9, b: 9 })).toMatchObject({ steps: steps({ a: 2 }), total: 2n });
    expect(plan({ covers }, { a: 1, b: 9 })).toMatchObject({ steps: steps({ b: 3 }), total: 3n });
    expect(plan({ covers }, { a: 1, b: 2 })).toBeNull();
  });

  it("has steps for its bounds and its units, and needs as many as either at least", () => {
    const room = { a: 9, b: 9 };
    const covers = [cover(1, simple("a", 1, 2))];
    expect(plan({ covers, lowerBounds: [bound(3, "b")] }, room)).toEqual({
      total: 5n,
      steps: steps({ a: 2, b: 3 }),
      isLeast: true,
      atLeast: 3n,
    });
    expect(plan({ covers, lowerBounds: [bound(1, "b")] }, room)).toMatchObject({ atLeast: 2n });
    expect(plan({ covers, lowerBounds: [anywhere(5)] }, room)).toEqual({
      total: 5n,
      steps: steps({ a: 5 }),
      isLeast: true,
      atLeast: 5n,
    });
  });

  it("promises nothing where units overlap, or where its own bounds do", () => {
    const [one, two] = ["one", "two"].map((name, at) =>
      unit(name, 1, [needs(bound(2, "b", at === 0 ? "a" : "c"))], ["b", at === 0 ? "a" : "c"]),
    );
    if (one === undefined || two === undefined) throw new Error("no units");
    const room = { b: 9, a: 9, c: 9 };
    const both = plan({ covers: [cover(2, one, two)] }, room);
    expect(both).toEqual({ total: 2n, steps: steps({ b: 2 }), isLeast: false, atLeast: 0n });
    const lowerBounds = [bound(2, "a", "b"), bound(2, "b", "c")];
    const covers = [cover(1, simple("c", 1, 1))];
    expect(plan({ lowerBounds, covers }, room)).toMatchObject({ isLeast: false, atLeast: 0n });
  });

  it("wins a unit of two covers once, with what serves both", () => {
    const [a, b] = [simple("a", 3, 2), simple("b", 5, 3)];
    const heavier = simple("a", 2, 2);
    const room = { a: 9, b: 9 };
    expect(plan({ covers: [cover(3, a, b), cover(2, heavier)] }, room)).toEqual({
      total: 2n,
      steps: steps({ a: 2 }),
      isLeast: true,
      atLeast: 2n,
    });
    // More steps win the second too, whose own option asks for fewer.
    const more = simple("a", 1, 4);
    expect(plan({ covers: [cover(1, a), cover(1, more)] }, room)).toMatchObject({
      total: 4n,
      atLeast: 4n,
    });
    // Bounds on other regions win nothing in the second, though there are as many.
    const apart = unit("a", 1, [needs(bound(2, "b"))], ["a"]);
    expect(plan({ covers: [cover(1, a), cover(1, apart)] }, room)).toBeNull();
    // All bounds of an option are needed, not one of them.
    const harder = unit("a", 1, [needs(bound(2, "a"), bound(1, "b"))], ["a"]);
    expect(plan({ covers: [cover(1, a), cover(1, harder)] }, room)).toMatchObject({
      total: 3n,
      steps: steps({ a: 2, b: 1 }),
    });
    const wide = unit("a", 1, [needs(bound(2, "a", "b"))], ["a"]);
    expect(plan({ covers: [cover(1, a), cover(1, wide)] }, room)).toBeNull();
  });

  it("counts its work, of which the search has half of what is left for each option", () => {
    const covers = [cover(3, simple("a", 2, 4), simple("b", 1, 1), simple("c", 3, 6))];
    const spentBy = (searches: number, workMax = 1_000_000) => {
      const search = searchOf({ headroom: { a: 9, b: 9, c: 9 }, workMax });
      planOption({ lowerBounds: [], covers }, search, searches);
      return search.work.spent;
    };
    const ofDistribution = 2 + workUnits.name;
    const ofMerging = 3 * (8 + 1) + 3 * ofDistribution;
    // Four states of the need, with each of three items and none.
    const ofTable = Math.ceil((4 * 4) / workUnits.tableCells);
    expect(spentBy(1)).toBe(ofMerging + ofTable + 2 * ofDistribution);
  });

  it("leaves half of the work that is left, and of that its part for each option to come", () => {
    const covers = [cover(640, simple("a", 639, 4), simple("b", 1, 1), simple("c", 640, 6))];
    const planWith = (workLeft: number, searches: number) => {
      const ofMerging = 3 * (8 + 1) + 3 * (2 + workUnits.name);
      const search = searchOf({ headroom: { a: 9, b: 9, c: 9 }, workMax: ofMerging + workLeft });
      return planOption({ lowerBounds: [], covers }, search, searches);
    };
    const ofTable = Math.ceil((641 * 4) / workUnits.tableCells);
    expect(planWith(2 * ofTable, 1)).toMatchObject({ total: 5n });
    expect(() => planWith(2 * ofTable - 1, 1)).toThrow(NotSearchableError);
    expect(planWith(6 * ofTable, 3)).toMatchObject({ total: 5n });
    expect(() => planWith(6 * ofTable - 1, 3)).toThrow(NotSearchableError);
  });

  it("counts each pair of bounds of a unit as work for each cover that it may be in", () => {
    const twice = [needs(bound(2, "a")), needs(bound(1, "a"), bound(1, "b"))];
    const covers = [cover(1, unit("a", 1, twice)), cover(1, simple("b", 1, 1))];
    const search = searchOf({ headroom: { a: 9, b: 9 } });
    expect(planOption({ lowerBounds: [], covers }, search, 1)).toMatchObject({ total: 3n });
    const ofMerging = 8 + 3 * 3 * 2 + (8 + 1 * 1 * 2);
    const ofDistributions = 4 * (2 + workUnits.name);
    const ofAnswer = 2 * (2 + workUnits.name);
    const ofTable = Math.ceil((2 * 2 * 4) / workUnits.tableCells);
    expect(search.work.spent).toBe(ofMerging + ofDistributions + ofTable + ofAnswer);
  });
});
