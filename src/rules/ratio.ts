/** An exact fraction in lowest terms; the denominator is positive. */
export type Ratio = { readonly numerator: bigint; readonly denominator: bigint };

export function ratio(numerator: bigint, denominator = 1n): Ratio {
  if (denominator === 1n) return { numerator, denominator };
  const common = greatestCommonDivisor(numerator, denominator) * (denominator < 0n ? -1n : 1n);
  return { numerator: numerator / common, denominator: denominator / common };
}

/** Longer figures are nobody's bylaw, and would only cost time. */
const charactersMax = 40;

/**
 * Reads `3`, `"3"`, `"2/3"`, `"0.6"` or `"66.7 %"` exactly; null for anything else, and for more
 * than 40 characters.
 */
export function parseRatio(value: unknown): Ratio | null {
  if (typeof value === "number") {
    return Number.isSafeInteger(value) && value >= 0 ? ratio(BigInt(value)) : null;
  }
  if (typeof value !== "string" || value.length > charactersMax) return null;
  const fraction = /^(\d+) *\/ *(\d+)$/.exec(value);
  if (fraction !== null) {
    const [, over = "", under = ""] = fraction;
    return BigInt(under) === 0n ? null : ratio(BigInt(over), BigInt(under));
  }
  const decimal = /^(\d+)(?:\.(\d+))?(?: *(%))?$/.exec(value);
  if (decimal === null) return null;
  const [, whole = "", digits = "", percent = ""] = decimal;
  const scale = 10n ** BigInt(digits.length) * (percent === "" ? 1n : 100n);
  return ratio(BigInt(whole + digits), scale);
}

export function formatRatio({ numerator, denominator }: Ratio): string {
  return denominator === 1n ? String(numerator) : `${numerator}/${denominator}`;
}

/** Negative, zero or positive, as a − b is. */
export function compareRatios(a: Ratio, b: Ratio): number {
  const left = a.numerator * b.denominator;
  const right = b.numerator * a.denominator;
  return left < right ? -1 : left > right ? 1 : 0;
}

export function addRatios(a: Ratio, b: Ratio): Ratio {
  if (a.denominator === b.denominator) return ratio(a.numerator + b.numerator, a.denominator);
  return ratio(
    a.numerator * b.denominator + b.numerator * a.denominator,
    a.denominator * b.denominator,
  );
}

export function multiplyRatios(a: Ratio, b: Ratio): Ratio {
  return ratio(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** The largest integer that is not above. */
export function floorRatio({ numerator, denominator }: Ratio): bigint {
  const whole = numerator / denominator;
  return numerator < 0n && whole * denominator !== numerator ? whole - 1n : whole;
}

/**
 * Never 0: that of two zeros is 1. Long figures shrink by some 26 bits a round (Lehmer; Knuth, The
 * Art of Computer Programming, 4.5.2, algorithm L), and by one division each below 2^53.
 */
export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  if (x < y) [x, y] = [y, x];
  if (y > largestNumber) [x, y] = shrinkPair(x, y);
  if (y === 0n) return x === 0n ? 1n : x;
  let [divisor, rest] = [Number(y), Number(x % y)];
  while (rest !== 0) [divisor, rest] = [rest, divisor % rest];
  return BigInt(divisor);
}

const largestNumber = BigInt(Number.MAX_SAFE_INTEGER);
const leadingBits = 52;

/** A pair with the same divisors, of which the smaller is a number that JavaScript has exactly. */
function shrinkPair(larger: bigint, smaller: bigint): [bigint, bigint] {
  let [x, y] = [larger, smaller];
  let length = bitLength(x);
  while (y > largestNumber) {
    length = refineLength(x, length);
    const shift = BigInt(length - leadingBits);
    const { a, b, c, d } = commonQuotients(Number(x >> shift), Number(y >> shift));
    [x, y] = b === 0 ? [y, x % y] : [BigInt(a) * x + BigInt(b) * y, BigInt(c) * x + BigInt(d) * y];
  }
  return [x, y];
}

/** What Euclid's steps on the leading bits come to, as far as all bits would take the same ones. */
function commonQuotients(x: number, y: number) {
  let [high, low] = [x, y];
  let [a, b, c, d] = [1, 0, 0, 1];
  while (low + c !== 0 && low + d !== 0) {
    const quotient = Math.floor((high + a) / (low + c));
    if (quotient !== Math.floor((high + b) / (low + d))) break;
    [a, c] = [c, a - quotient * c];
    [b, d] = [d, b - quotient * d];
    [high, low] = [low, high - quotient * low];
  }
  return { a, b, c, d };
}

/** The number of bits of a positive figure. */
export function bitLength(figure: bigint): number {
  const digits = figure.toString(16);
  return digits.length * 4 - Math.clz32(Number.parseInt(digits.charAt(0), 16)) + 28;
}

/** The bits of a figure of at most `most` bits, without writing it out where it is little shorter. */
function refineLength(figure: bigint, most: number): number {
  const leading = Number(figure >> BigInt(Math.max(0, most - leadingBits)));
  if (leading < 2) return bitLength(figure);
  return Math.max(0, most - leadingBits) + Math.floor(Math.log2(leading)) + 1;
}
