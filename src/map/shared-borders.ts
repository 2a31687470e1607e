import type { MultiPolygon } from "topojson-specification";
import { MapRefused, type RegionShape } from "./region-map.ts";
import { GridPositions, type GridRing } from "./grid-positions.ts";
import { uniqueArcs } from "./unique-arcs.ts";

/** Regions as arcs, each border once, in degrees. */
export interface SharedBorders {
  type: "Topology";
  objects: {
    regions: { type: "GeometryCollection"; geometries: (MultiPolygon & { id: string })[] };
  };
  arcs: number[][][];
}

export interface GridBounds {
  /** Steps of the grid on each side of the map. */
  steps: number;
  /** Positions that may be compared; it keeps a drawing of knots from taking the Worker. */
  comparisonsMax: number;
}

/**
 * Finds the borders that regions share, and keeps each once (TopoJSON). Positions are numbers of a
 * grid, told apart by sorting: whatever is drawn, it takes about as long as sorting its positions,
 * where a table of hashes could be made to collide.
 * @throws {MapRefused} map.too_detailed
 */
export function shareBorders(
  shapes: readonly RegionShape[],
  { steps, comparisonsMax }: GridBounds,
): SharedBorders {
  const grid = new GridPositions(shapes, steps);
  const junctions = findJunctions(grid.rings, grid.count);
  const pieces = grid.rings.map((ring) => cutRing(ring, junctions));
  const found = uniqueArcs(pieces.flat(), comparisonsMax);
  if (found === null) throw new MapRefused("map.too_detailed");
  let [ring, piece] = [0, 0];
  const nextRing = (): number[] => {
    const count = pieces[ring]?.length ?? 0;
    ring += 1;
    piece += count;
    return found.references.slice(piece - count, piece);
  };
  const geometries = shapes.map(({ region, polygons }) => ({
    type: "MultiPolygon" as const,
    arcs: polygons.map((rings) => rings.map(nextRing)),
    id: region,
  }));
  return {
    type: "Topology",
    objects: { regions: { type: "GeometryCollection", geometries } },
    arcs: found.arcs.map((arc) => Array.from(arc, (number) => grid.degreesOf(number))),
  };
}

/** The positions where rings part or meet, and where a border has to be cut. */
function findJunctions(rings: readonly GridRing[], count: number): Uint8Array {
  const junctions = new Uint8Array(count);
  const [lefts, rights, seen] = [-1, -1, -1].map((empty) => new Int32Array(count).fill(empty)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  for (const [index, ring] of rings.entries()) {
    const last = ring.length - 1;
    for (let at = 0; at < last; at += 1) {
      const here = ring[at] ?? 0;
      // Where a ring touches itself it goes on.
      if (seen[here] === index) continue;
      seen[here] = index;
      const before = ring[at === 0 ? last - 1 : at - 1] ?? 0;
      const after = ring[at + 1] ?? 0;
      const [left, right] = [lefts[here], rights[here]];
      if (left === -1) [lefts[here], rights[here]] = [before, after];
      else if (!(left === before && right === after) && !(left === after && right === before))
        junctions[here] = 1;
    }
  }
  return junctions;
}

/** A closed ring in pieces from junction to junction; one without a junction stays as it is. */
function cutRing(ring: GridRing, junctions: Uint8Array): GridRing[] {
  const last = ring.length - 1;
  const first = ring.findIndex((each) => junctions[each] === 1);
  if (first === -1) return [ring];
  const turned = new Int32Array(ring.length);
  for (let at = 0; at <= last; at += 1) turned[at] = ring[(first + at) % last] ?? 0;
  const pieces: GridRing[] = [];
  let from = 0;
  for (let at = 1; at <= last; at += 1) {
    if (at < last && junctions[turned[at] ?? 0] !== 1) continue;
    pieces.push(turned.subarray(from, at + 1));
    from = at;
  }
  return pieces;
}
