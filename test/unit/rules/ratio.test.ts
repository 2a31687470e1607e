import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addRatios,
  compareRatios,
  floorRatio,
  formatRatio,
  greatestCommonDivisor,
  multiplyRatios,
  parseRatio,
  ratio,
  type Ratio,
} from "../../../src/rules/ratio.ts";

const wholeArbitrary = fc.bigInt({ min: -1_000n, max: 1_000n });
const ratioArbitrary = fc
  .tuple(wholeArbitrary, fc.bigInt({ min: 1n, max: 1_000n }))
  .map(([over, under]) => ratio(over, under));

/** What a text reads as, or null. */
function read(value: unknown): string | null {
  const found = parseRatio(value);
  return found === null ? null : formatRatio(found);
}

function isLowest({ numerator, denominator }: Ratio): boolean {
  return denominator > 0n && greatestCommonDivisor(numerator, denominator) === 1n;
}

describe("a ratio", () => {
  it("is in lowest terms over what is above nothing, whatever it is made of", () => {
    const under = fc.bigInt({ min: -1_000n, max: 1_000n }).filter((one) => one !== 0n);
    fc.assert(
      fc.property(wholeArbitrary, under, (over, divisor) => {
        const made = ratio(over, divisor);
        expect(isLowest(made)).toBe(true);
        expect(made.numerator * divisor).toBe(over * made.denominator);
      }),
    );
    expect(ratio(0n, -7n)).toEqual({ numerator: 0n, denominator: 1n });
  });

  it("is added, multiplied and compared as a fraction is", () => {
    fc.assert(
      fc.property(ratioArbitrary, ratioArbitrary, (a, b) => {
        const [sum, product] = [addRatios(a, b), multiplyRatios(a, b)];
        expect([isLowest(sum), isLowest(product)]).toEqual([true, true]);
        const under = a.denominator * b.denominator;
        expect(sum.numerator * under).toBe(
          (a.numerator * b.denominator + b.numerator * a.denominator) * sum.denominator,
        );
        expect(product.numerator * under).toBe(a.numerator * b.numerator * product.denominator);
        const difference = addRatios(a, multiplyRatios(b, ratio(-1n))).numerator;
        expect(compareRatios(a, b)).toBe(difference < 0n ? -1 : difference > 0n ? 1 : 0);
      }),
    );
  });

  it("has as its floor the largest integer that is not above it", () => {
    fc.assert(
      fc.property(ratioArbitrary, (one) => {
        const floor = ratio(floorRatio(one));
        expect(compareRatios(floor, one)).toBeLessThanOrEqual(0);
        expect(compareRatios(addRatios(floor, ratio(1n)), one)).toBe(1);
      }),
    );
  });

  it.each([
    [3, "3"],
    [0, "0"],
    ["3", "3"],
    ["007", "7"],
    ["2/3", "2/3"],
    ["4 / 6", "2/3"],
    ["0/5", "0"],
    ["0.6", "3/5"],
    ["12.50", "25/2"],
    ["60 %", "3/5"],
    ["66.7%", "667/1000"],
    ["9".repeat(40), "9".repeat(40)],
  ])("is read from %j as %s", (value, text) => {
    expect(read(value)).toBe(text);
  });

  it.each([
    [0.5],
    [-1],
    [2 ** 53],
    [Number.NaN],
    [null],
    [true],
    [["1"]],
    [""],
    ["-1"],
    ["1/0"],
    ["1/"],
    ["/2"],
    ["1/2/3"],
    ["1/2 %"],
    [" 1"],
    ["1."],
    [".5"],
    ["1,5"],
    ["1e3"],
    ["0x10"],
    ["%"],
    ["x1/2"],
    ["1/2x"],
    ["x60 %"],
    ["60 % of all"],
    ["9".repeat(41)],
  ])("is not read from %j", (value) => {
    expect(parseRatio(value)).toBeNull();
  });
});
