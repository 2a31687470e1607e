import type { ApiChoice, ApiTally } from "../contract.ts";
import type { CountMeasure } from "./measure.ts";

export type ChoiceCounts = Record<ApiChoice, bigint> & { all: bigint };

/** The order in which choices stand everywhere, in bars, figures and tables. */
export const shownChoices = ["yes", "no", "abstain"] as const satisfies readonly ApiChoice[];

/** A bar's track is this many units long, so that widths are integers. */
export const trackUnits = 10_000;

/** The least a choice with any ballot is drawn with: one vote against a million stays visible. */
export const sliverUnits = 60;

/** The exact counts of a tally in one measure. */
export function countsOf(tally: ApiTally, measure: CountMeasure): ChoiceCounts {
  return {
    yes: BigInt(tally.yes[measure]),
    no: BigInt(tally.no[measure]),
    abstain: BigInt(tally.abstain[measure]),
    all: BigInt(tally[measure]),
  };
}

/**
 * Widths of a stacked bar's segments, as integers of a track of `trackUnits`. The track stands for
 * `scale` ballots: the bar's own number to show shares, the largest bar's number to compare sizes.
 * The widths of a full bar add up to the track exactly.
 */
export function layoutBar(counts: ChoiceCounts, scale = counts.all): Record<ApiChoice, number> {
  const parts = shownChoices.map((choice) => counts[choice]);
  const sum = parts.reduce((total, part) => total + part, 0n);
  if (sum === 0n || scale <= 0n) return { yes: 0, no: 0, abstain: 0 };
  const full = Number((sum * BigInt(trackUnits)) / scale);
  const visible = parts.filter((part) => part > 0n).length;
  const length = Math.min(trackUnits, Math.max(full, visible * sliverUnits));
  const [yes = 0, no = 0, abstain = 0] = divideVisibly(parts, length);
  return { yes, no, abstain };
}

/**
 * Divides a length, at least a sliver for each part that is not zero, in proportion, and gives a
 * sliver to whoever would be too thin to see. The others share what is left, in proportion again, so
 * that more ballots are never drawn shorter than fewer.
 */
function divideVisibly(parts: bigint[], length: number): number[] {
  const slivers = new Set<number>();
  for (;;) {
    const rest = parts.map((part, index) => (slivers.has(index) ? 0n : part));
    const widths = divide(rest, length - slivers.size * sliverUnits);
    const thin = widths.findIndex(
      (width, index) => (rest[index] ?? 0n) > 0n && width < sliverUnits,
    );
    if (thin === -1)
      return widths.map((width, index) => (slivers.has(index) ? sliverUnits : width));
    // Each round takes one part out, so there are at most as many rounds as parts.
    slivers.add(thin);
  }
}

/**
 * Divides a length in proportion by the method of largest remainders, so that nothing is lost to
 * rounding.
 */
function divide(parts: bigint[], length: number): number[] {
  const sum = parts.reduce((total, part) => total + part, 0n);
  if (sum === 0n) return parts.map(() => 0);
  const scaled = parts.map((part) => part * BigInt(length));
  const widths = scaled.map((part) => Number(part / sum));
  const left = length - widths.reduce((total, width) => total + width, 0);
  const byRemainder = scaled
    .map((part, index) => ({ index, remainder: part % sum }))
    .toSorted((a, b) =>
      a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
    );
  for (const { index } of byRemainder.slice(0, left)) widths[index] = (widths[index] ?? 0) + 1;
  return widths;
}
