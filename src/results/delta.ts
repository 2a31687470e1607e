import { isSameRegionTally } from "../ballot/tally.ts";
import { limits } from "../limits.ts";
import type { DecisionResult } from "./result.ts";

/** What changed between two versions. Its figures are absolute, so one applied twice, or to a version in between, does no harm. */
export type ResultDelta = DecisionResult & { from: number };

export function diffResults(before: DecisionResult, after: DecisionResult): ResultDelta {
  const changed = [...after.regions].filter(([region, tally]) => {
    const known = before.regions.get(region);
    return known === undefined || !isSameRegionTally(known, tally);
  });
  return { ...after, from: before.version, regions: new Map(changed) };
}

/** The deltas that a client at version `since` has missed, or null when some of them are no longer kept and it needs the whole state. */
export function missedDeltas(kept: readonly ResultDelta[], since: number): ResultDelta[] | null {
  const oldest = kept[0];
  if (oldest === undefined || oldest.from > since) return null;
  return kept.filter((delta) => delta.version > since);
}

/** Keeps the newest deltas, up to the limit. */
export function keepDelta(kept: readonly ResultDelta[], delta: ResultDelta): ResultDelta[] {
  return [...kept.slice(-(limits.deltasKeptMax - 1)), delta];
}
