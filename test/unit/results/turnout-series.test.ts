import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addTurnoutPoint,
  decodeTurnout,
  encodeTurnout,
  type TurnoutPoint,
} from "../../../src/results/turnout-series.ts";
import { limits } from "../../../src/shared/limits.ts";

const minute = limits.turnoutStepMs;
const point = (at: number, voters: number, weight = BigInt(voters)): TurnoutPoint => ({
  at,
  voters,
  weight,
});

function seriesOf(points: readonly TurnoutPoint[], max: number = limits.turnoutPointsMax) {
  let series: readonly TurnoutPoint[] = [];
  for (const each of points) series = addTurnoutPoint(series, each, max);
  return series;
}

describe("the series of a turnout", () => {
  it("grows by what is new, and not sooner than a minute after its last point", () => {
    const first = seriesOf([point(0, 3)]);
    expect(addTurnoutPoint(first, point(minute - 1, 4))).toBe(first);
    expect(addTurnoutPoint(first, point(minute, 3))).toBe(first);
    expect(addTurnoutPoint(first, point(0, 9))).toBe(first);
    expect(addTurnoutPoint(first, point(minute, 4))).toEqual([...first, point(minute, 4)]);
    // The weight alone moves where a voter of another weight takes a vote back.
    expect(addTurnoutPoint(first, point(minute, 3, 8n))).toHaveLength(2);
  });

  it("stays within its limit, with its first and its newest point, whatever comes", () => {
    const gaps = fc.array(fc.integer({ min: minute, max: 500 * minute }), {
      minLength: 1,
      maxLength: 80,
    });
    fc.assert(
      fc.property(gaps, (all) => {
        let at = 0;
        const points = all.map((gap, index) => point((at += gap), index + 1));
        const series = seriesOf(points, 10);
        expect(series.length).toBe(Math.min(10, points.length));
        expect([series[0], series.at(-1)]).toEqual([points[0], points.at(-1)]);
        expect(points).toEqual(expect.arrayContaining([...series]));
        const times = series.map((each) => each.at);
        expect(times).toEqual(times.toSorted((one, other) => one - other));
      }),
    );
  });

  it("is thinned evenly over a long decision", () => {
    const count = 20 * limits.turnoutPointsMax;
    const points = Array.from({ length: count }, (_, index) => point(index * minute, index));
    const series = seriesOf(points);
    const gaps = series.slice(1).map(({ at }, index) => at - (series[index]?.at ?? 0));
    expect(series).toHaveLength(limits.turnoutPointsMax);
    expect(Math.max(...gaps)).toBeLessThanOrEqual((3 * count * minute) / limits.turnoutPointsMax);
  });

  it("is the same once it was stored, with weights past 2^53, and takes a few kB at the most", () => {
    const series = Array.from({ length: limits.turnoutPointsMax }, (_, index) =>
      point(1_800_000_000_000 + index, 1_000_000_000 + index, 10n ** 21n + BigInt(index)),
    );
    const text = encodeTurnout(series);
    expect(decodeTurnout(text)).toEqual(series);
    expect(text.length).toBeLessThan(60 * limits.turnoutPointsMax);
  });
});
