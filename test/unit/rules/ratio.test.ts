import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addRatios,
  bitLength,
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

/** Euclid's rule as it was written down, one division a round. */
function divisorByEuclid(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}

describe("the greatest common divisor", () => {
  const largest = BigInt(Number.MAX_SAFE_INTEGER);

  it.each([
    [0n, 0n, 1n],
    [0n, 6n, 6n],
    [6n, 0n, 6n],
    [-6n, 0n, 6n],
    [4n, 6n, 2n],
    [-4n, 6n, 2n],
    [4n, -6n, 2n],
    [7n, 7n, 7n],
    [largest, largest, largest],
    [largest + 1n, largest + 1n, largest + 1n],
    [largest + 2n, largest, 1n],
    [2n ** 53n, 2n ** 54n, 2n ** 53n],
    [3n * 2n ** 200n, 2n ** 300n, 2n ** 200n],
    [10n ** 60n, 10n ** 40n, 10n ** 40n],
    [10n ** 40n * 7n, 10n ** 40n * 11n, 10n ** 40n],
  ])("of %s and %s is %s", (a, b, expected) => {
    expect(greatestCommonDivisor(a, b)).toBe(expected);
  });

  it("is what Euclid's rule finds, also of long figures of any length and with much in common", () => {
    const long = fc.bigInt({ min: -(2n ** 400n), max: 2n ** 400n });
    const some = fc.oneof(
      long,
      fc.bigInt({ min: -9n, max: 9n }),
      fc.bigInt({ min: 2n ** 50n, max: 2n ** 58n }),
      fc.nat(300).map((bits) => 2n ** BigInt(bits)),
    );
    fc.assert(
      fc.property(some, some, some, (a, b, common) => {
        const [x, y] = [a * common, b * common];
        expect(greatestCommonDivisor(x, y)).toBe(divisorByEuclid(x, y));
      }),
    );
  });

  it("is found of figures that take the most rounds, and of any with all bits alike", () => {
    let [one, next] = [1n, 1n];
    for (let at = 0; at < 400; at += 1) {
      expect(greatestCommonDivisor(next * 6n, one * 6n)).toBe(6n);
      [one, next] = [next, one + next];
    }
    for (let bits = 40n; bits < 140n; bits += 1n) {
      const [ones, top] = [2n ** bits - 1n, 2n ** bits];
      expect(greatestCommonDivisor(ones, top)).toBe(1n);
      expect(greatestCommonDivisor(ones, top + 1n)).toBe(divisorByEuclid(ones, top + 1n));
      expect(greatestCommonDivisor(ones * ones, ones * top)).toBe(ones);
    }
  });
});

describe("the bits of a figure", () => {
  it("are those of its binary digits", () => {
    expect([1n, 2n, 3n, 4n, 15n, 16n, 255n, 256n].map(bitLength)).toEqual([1, 2, 2, 3, 4, 5, 8, 9]);
    for (let bits = 1; bits < 80; bits += 1) {
      const top = 2n ** BigInt(bits);
      expect([bitLength(top - 1n), bitLength(top)]).toEqual([bits, bits + 1]);
    }
  });
});

describe("the sum of ratios", () => {
  it("over one denominator is in lowest terms too", () => {
    expect(addRatios(ratio(1n, 6n), ratio(1n, 6n))).toEqual({ numerator: 1n, denominator: 3n });
    expect(addRatios(ratio(1n, 2n), ratio(1n, 2n))).toEqual({ numerator: 1n, denominator: 1n });
  });
});
