import { describe, expect, it } from "vitest";
import { pairedRatios, medianInterval } from "../../../bench/pairs/paired-ratios.ts";

describe("where a median lies", () => {
  // Tables of the sign test: of 12 values the third and the tenth, of 20 the sixth and the fifteenth.
  it.each([
    [5, 1, 5],
    [6, 1, 6],
    [8, 1, 8],
    [9, 2, 8],
    [12, 3, 10],
    [20, 6, 15],
  ])("is told by the order of %i values", (count, from, to) => {
    const values = Array.from({ length: count }, (_, index) => count - index);
    expect(medianInterval(values)).toEqual({ from, to });
  });
});

describe("ratios of rounds", () => {
  it("are of the first two, and of the two that are alike", () => {
    const rounds = [
      [20, 10, 10],
      [22, 10, 20],
      [9, 10, 5],
    ];
    expect(pairedRatios(rounds)).toEqual([
      "20.0",
      "10.0",
      "2.000",
      "0.900 to 2.200",
      "1.000",
      "0.500 to 2.000",
    ]);
  });
});
