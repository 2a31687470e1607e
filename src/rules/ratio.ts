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
  const fraction = /^(\d+)\s*\/\s*(\d+)$/.exec(value);
  if (fraction !== null) {
    const [, over = "", under = ""] = fraction;
    return BigInt(under) === 0n ? null : ratio(BigInt(over), BigInt(under));
  }
  const decimal = /^(\d+)(?:\.(\d+))?\s*(%?)$/.exec(value);
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

export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}
