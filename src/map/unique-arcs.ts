import type { GridRing } from "./grid-positions.ts";

/** Lines of which no two are the same, and which of them each given line is. */
export interface UniqueArcs {
  arcs: GridRing[];
  /** An arc's index, or its complement (`~index`) where the line runs the other way, as TopoJSON has it. */
  references: number[];
}

/** A line as it is compared: the same for both directions, and for any start of a ring. */
interface Canonical {
  line: GridRing;
  isTurned: boolean;
  index: number;
}

/** Null where it takes more comparisons of positions than it may. */
export function uniqueArcs(lines: readonly GridRing[], comparisonsMax: number): UniqueArcs | null {
  let comparisons = 0;
  const compare = (one: GridRing, other: GridRing): number => {
    if (one.length !== other.length) return one.length - other.length;
    let at = 0;
    while (at < one.length && one[at] === other[at]) at += 1;
    comparisons += at + 1;
    return (one[at] ?? 0) - (other[at] ?? 0);
  };
  const canonical = lines.map((line, index): Canonical => {
    const forward = isClosed(line) ? fromLeast(line) : line;
    const backward = isClosed(line) ? fromLeast(line.toReversed()) : line.toReversed();
    const isTurned = compare(forward, backward) > 0;
    return { line: isTurned ? backward : forward, isTurned, index };
  });
  const sorted = canonical.toSorted((a, b) =>
    comparisons > comparisonsMax ? 0 : compare(a.line, b.line) || a.index - b.index,
  );
  if (comparisons > comparisonsMax) return null;
  // The first in order stands for all that are the same.
  const firsts = new Int32Array(lines.length);
  let first: Canonical | null = null;
  for (const each of sorted) {
    if (first === null || compare(first.line, each.line) !== 0) first = each;
    firsts[each.index] = first.index;
  }
  const arcs: GridRing[] = [];
  const numbers = new Int32Array(lines.length);
  const references = canonical.map(({ isTurned, index }) => {
    const same = firsts[index] ?? index;
    const line = lines[index];
    if (same === index && line !== undefined) numbers[index] = arcs.push(line) - 1;
    const number = numbers[same] ?? 0;
    return isTurned === canonical[same]?.isTurned ? number : ~number;
  });
  return { arcs, references };
}

function isClosed(line: GridRing): boolean {
  return line[0] === line.at(-1);
}

/** A closed line from its least position on. */
function fromLeast(line: GridRing): GridRing {
  const last = line.length - 1;
  let least = 0;
  for (let at = 1; at < last; at += 1) if ((line[at] ?? 0) < (line[least] ?? 0)) least = at;
  const turned = new Int32Array(line.length);
  for (let at = 0; at <= last; at += 1) turned[at] = line[(least + at) % last] ?? 0;
  return turned;
}
