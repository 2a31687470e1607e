import { describe, expect, test } from "vitest";
import { layoutTurnout } from "../../../../src/web/results/turnout-line.ts";

const at = (minute: number) => new Date(minute * 60_000).toISOString();
const box = { width: 100, height: 50, opensAt: 0, electorate: null };

describe("turnout over time", () => {
  test("is drawn in steps: a figure stands until the next one is shown", () => {
    const moments = [
      { at: at(5), voters: 4 },
      { at: at(10), voters: 10 },
    ];
    expect(layoutTurnout(moments, box)?.points).toEqual([
      [0, 50],
      [50, 50],
      [50, 30],
      [100, 30],
      [100, 0],
    ]);
  });

  test("has all who may vote as its height, where they are known, else a round figure", () => {
    const moments = [{ at: at(5), voters: 30 }];
    expect(layoutTurnout(moments, { ...box, electorate: 120 })?.top).toBe(120);
    expect(layoutTurnout(moments, box)?.top).toBe(50);
    expect(layoutTurnout([{ at: at(5), voters: 0 }], box)?.top).toBe(1);
    // An open electorate's size is stated, and may be less than those who came.
    expect(layoutTurnout(moments, { ...box, electorate: 20 })?.top).toBe(30);
  });

  test("begins with the first figure where the opening is not known, and is nothing without one", () => {
    const line = layoutTurnout([{ at: at(5), voters: 1 }], { ...box, opensAt: null });
    expect(line?.from).toBe(300_000);
    expect(line?.points.flat().every(Number.isFinite)).toBe(true);
    expect(layoutTurnout([], box)).toBeNull();
  });
});
