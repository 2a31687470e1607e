import { isSameRegionTally, type Count } from "../ballot/tally.ts";
import { limits } from "../shared/limits.ts";
import type { Cell, ShownCounts, ShownResult, ShownTurnout } from "./shown-result.ts";

/**
 * What changed between two versions. Its figures are absolute, so one applied twice, or to a
 * version in between, does no harm. It is made of what is shown: were it made of tallies, the
 * regions it names would tell of votes that turnout alone does not show.
 */
export type ResultDelta = (ShownCounts | ShownTurnout) & { from: number };

/**
 * The change from one result to the next, or null where the next shows something else, and must be
 * sent whole.
 */
export function diffResults(before: ShownResult, after: ShownResult): ResultDelta | null {
  if (after.shows === "nothing" || before.shows === "nothing") return null;
  // A delta has no words for a region that is shown no more.
  if ([...before.regions.keys()].some((region) => !after.regions.has(region))) return null;
  if (after.shows === "counts") {
    if (before.shows !== "counts") return null;
    const regions = changedCells(before.regions, after.regions, isSameRegionTally);
    return { ...after, from: before.version, regions };
  }
  if (before.shows !== "turnout") return null;
  const isSame = (a: Count, b: Count) => a.ballots === b.ballots && a.weight === b.weight;
  const regions = changedCells(before.regions, after.regions, isSame);
  return { ...after, from: before.version, regions };
}

type Cells<Figures> = ReadonlyMap<string, Cell<Figures>>;

function changedCells<Figures>(
  before: Cells<Figures>,
  after: Cells<Figures>,
  isSame: (a: Figures, b: Figures) => boolean,
): Cells<Figures> {
  const changed = [...after].filter(([region, { figures }]) => {
    const known = before.get(region);
    return known === undefined || !isSame(known.figures, figures);
  });
  return new Map(changed);
}

/**
 * The deltas that a client at version `since` has missed, or null when some of them are no longer
 * kept and it needs the whole state.
 */
export function missedDeltas(kept: readonly ResultDelta[], since: number): ResultDelta[] | null {
  const oldest = kept[0];
  if (oldest === undefined || oldest.from > since) return null;
  return kept.filter((delta) => delta.version > since);
}

/** The regions, and one for the whole. */
function cellsIn(result: ShownResult): number {
  return result.shows === "nothing" ? 1 : 1 + result.regions.size;
}

/**
 * Keeps the newest deltas, up to the limit and to what together has no more cells than this state:
 * beyond that the state says the same in less. They are counted and not measured in bytes, in which
 * ages stand, so that which of the two is sent depends on what is shown and not on when.
 */
export function keepDelta(
  kept: readonly ResultDelta[],
  delta: ResultDelta,
  state: ShownResult,
): ResultDelta[] {
  const newest = [...kept.slice(-(limits.deltasKeptMax - 1)), delta];
  const cellsMax = cellsIn(state);
  let cells = 0;
  const from = newest.findLastIndex((each) => (cells += cellsIn(each)) > cellsMax);
  return newest.slice(from + 1);
}
