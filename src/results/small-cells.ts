/**
 * Regions that are shown by themselves, and the codes of those that are shown as one cell; none
 * where every region is large enough.
 */
export type Grouping = { shown: readonly string[]; merged: readonly string[] };

/**
 * Which regions to merge so that no cell of fewer than `least` counted ballots can be read or
 * computed. A single small region would be the total less the others, and so would several that are
 * small together; then the next larger regions join them, the smallest first, until the merged cell
 * is two regions and `least` ballots. The total is exact all the same, so a decision too small for
 * this is one cell.
 */
export function groupRegions(ballotsOf: ReadonlyMap<string, number>, least: number): Grouping {
  let count = [...ballotsOf.values()].filter((ballots) => ballots < least).length;
  if (count === 0) return { shown: [...ballotsOf.keys()], merged: [] };
  const ascending = [...ballotsOf].toSorted(([, a], [, b]) => a - b);
  const sumOf = () => ascending.slice(0, count).reduce((sum, [, ballots]) => sum + ballots, 0);
  while (count < ascending.length && (count < 2 || sumOf() < least)) count += 1;
  const merged = new Set(ascending.slice(0, count).map(([code]) => code));
  const codes = [...ballotsOf.keys()];
  return {
    shown: codes.filter((code) => !merged.has(code)),
    merged: codes.filter((code) => merged.has(code)),
  };
}
