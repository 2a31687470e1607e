import { bitLength } from "./ratio.ts";
import type { Comparison, Measure } from "./rule.ts";

/**
 * What the steps of a rule cost, in units of about a tenth of a microsecond: measured with `npm run
 * bench:rules`, which says how many nanoseconds a unit takes.
 */
export const workUnits = {
  /** A value of a rule's document. */
  node: 3,
  /** A fraction of a document as text, of up to 40 characters. */
  fraction: 12,
  /** A name in a list of units, or of regions. */
  name: 1,
  /** A region of a part, or a member of a group, each kept once. */
  groupMember: 4,
  count: 1,
  comparison: 3,
  /** A comparison with what steps change in it. */
  line: 10,
  /** Each way of changing it besides. */
  lineStep: 2,
  /** The seven counts of a region, by ballots and by weight. */
  regionFigures: 20,
  /** A region's figures with some steps more. */
  regionSteps: 12,
  regionSum: 8,
  unitScope: 1,
  unitWeight: 1,
  /** A unit in an answer, with its weight as text. */
  unitFinding: 6,
  /** A requirement or part in an answer, with its figures as text. */
  finding: 60,
  /** So many characters of sentences and names. */
  characters: 64,
  /** An item in a search for the cheapest ones, looked at once. */
  coverItem: 5,
  /** So many cells of a table of costs, each looked at once. */
  tableCells: 32,
} as const;

export function workOfCharacters(count: number): number {
  return Math.ceil(count / workUnits.characters);
}

/** Bringing a fraction to lowest terms, the shorter part of which has so many bits. */
export function workOfLowestTerms(bits: number): number {
  if (bits <= 1) return 0;
  return bits <= 53 ? 4 : bits + Math.ceil((bits * bits) / 4_000);
}

/** Adding up so many fractions, each of which makes the sum longer by its bits. */
export function workOfShares(units: number, figureBits: number): number {
  const words = (units * figureBits) / 64;
  return units * (4 + Math.ceil(words / 40));
}

/** The figures of a comparison that is explained: a handful of fractions in lowest terms. */
export function workOfComparison({ figure, count, of }: Comparison): number {
  const scales = scaleBits(count) + (of === null ? 0 : scaleBits(of));
  const bits = bitLength(figure.denominator) + scales;
  return workUnits.comparison + 6 * workOfLowestTerms(bits);
}

/** The bits of the denominator that a measure's weights are over. */
export function scaleBits(measure: Measure): number {
  if (measure.type === "within") return scaleBits(measure.measure);
  if (measure.type === "ballots") return 0;
  const table = measure.type === "shares" ? measure.table : measure.weigh;
  return typeof table === "string" ? 0 : bitLength(table.scale);
}
