import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type Histogram,
} from "hdr-histogram-js";

const highestMicroseconds = 60_000_000;
const significantDigits = 3;

export type { Histogram };

export type Percentiles = {
  meanMs: number;
  /** The standard deviation. */
  deviationMs: number;
  p50Ms: number;
  p99Ms: number;
  p999Ms: number;
};

/** An empty histogram of microseconds, exact to three digits up to a minute. */
export function emptyLatencies(): Histogram {
  return build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: highestMicroseconds,
    numberOfSignificantValueDigits: significantDigits,
  });
}

export function recordLatency(histogram: Histogram, milliseconds: number): void {
  const microseconds = Math.round(milliseconds * 1_000);
  histogram.recordValue(Math.min(Math.max(microseconds, 1), highestMicroseconds));
}

export const encodeLatencies = encodeIntoCompressedBase64;

/** The percentiles of several runs taken as one. */
export function mergedPercentiles(encoded: readonly string[]): Percentiles {
  const merged = emptyLatencies();
  for (const one of encoded) merged.add(decodeFromCompressedBase64(one));
  const at = (percentile: number): number => merged.getValueAtPercentile(percentile) / 1_000;
  return {
    meanMs: merged.mean / 1_000,
    deviationMs: merged.stdDeviation / 1_000,
    p50Ms: at(50),
    p99Ms: at(99),
    p999Ms: at(99.9),
  };
}
