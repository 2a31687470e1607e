import { expect, test } from "vitest";
import { layoutPeriods } from "../../../../src/web/statistics/periods.ts";

const sums = { none: 0, add: (a: number, b: number) => a + b };
const layout = (months: [string, number][]) =>
  layoutPeriods(
    months.map(([month, figure]) => ({ month, figure })),
    sums,
  );

test("months without anything stand between the others, and before them to make a year", () => {
  const { unit, periods } = layout([
    ["2025-11", 3],
    ["2026-02", 5],
  ]);
  expect(unit).toBe("month");
  expect(periods).toHaveLength(12);
  expect(periods[0]).toEqual({ period: "2025-03", figure: 0 });
  expect(periods.slice(8)).toEqual([
    { period: "2025-11", figure: 3 },
    { period: "2025-12", figure: 0 },
    { period: "2026-01", figure: 0 },
    { period: "2026-02", figure: 5 },
  ]);
});

test("three years are shown by month, a month more by year", () => {
  const first: [string, number] = ["2023-06", 1];
  expect(layout([first, ["2026-05", 2]])).toMatchObject({ unit: "month", periods: { length: 36 } });
  expect(layout([first, ["2026-05", 2], ["2026-06", 4]])).toEqual({
    unit: "year",
    periods: [
      { period: "2023", figure: 1 },
      { period: "2024", figure: 0 },
      { period: "2025", figure: 0 },
      { period: "2026", figure: 6 },
    ],
  });
});

test("nothing has no periods, one month is the last of its year", () => {
  expect(layout([]).periods).toEqual([]);
  const { periods } = layout([["2026-12", 7]]);
  expect(periods[0]).toEqual({ period: "2026-01", figure: 0 });
  expect(periods.at(-1)).toEqual({ period: "2026-12", figure: 7 });
});
