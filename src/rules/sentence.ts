import type { ComparisonResult } from "./comparison.ts";
import { compareRatios, formatRatio, type Ratio } from "./ratio.ts";
import type { Bound, Comparison } from "./rule.ts";

const boundWords: Record<Bound, string> = {
  at_least: "at least",
  more_than: "more than",
  at_most: "at most",
  less_than: "fewer than",
};

/**
 * One plain sentence with the figures, such as "Yes: 40 of 54 (yes and no); needed are at least
 * 3/4, that is 41: not met."
 */
export function describeComparison(
  test: Comparison,
  { actual, base, isMet }: ComparisonResult,
  needed: Ratio | null,
): string {
  const of = base === null || test.of === null ? "" : ` of ${formatRatio(base)} (${test.of.label})`;
  const bound = `${boundWords[test.bound]} ${formatRatio(test.figure)}`;
  const isPlain = needed === null || (test.of === null && compareRatios(needed, test.figure) === 0);
  const that = isPlain ? "" : `, that is ${formatRatio(needed)}`;
  const verb = test.bound === "at_most" || test.bound === "less_than" ? "allowed" : "needed";
  const start = capitalized(`${test.count.label}: ${formatRatio(actual)}${of}`);
  return `${start}; ${verb} ${bound}${that}: ${isMet ? "met" : "not met"}.`;
}

/** Sentences as parts of one: "(first) and (second)". */
export function joinWith(word: "and" | "or", sentences: readonly string[]): string {
  return sentences.map((sentence) => `(${sentence})`).join(` ${word} `);
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
