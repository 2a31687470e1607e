import type { RegionShape, Ring } from "./region-map.ts";
import { signedArea } from "./read-ring.ts";

/** What is kept of a map, and how many areas are not. */
export interface KeptRings {
  kept: RegionShape[];
  islandsLeftOut: number;
}

/**
 * Keeps the largest rings of a map: of every region its largest area, then whatever is largest. A
 * hole goes with its area.
 */
export function keepLargestRings(shapes: readonly RegionShape[], ringsMax: number): KeptRings {
  const rings = shapes.flatMap(({ polygons }) => polygons.flat()).length;
  if (rings <= ringsMax) return { kept: [...shapes], islandsLeftOut: 0 };
  const mains = new Set(
    shapes.map(({ polygons }) => largestOf(polygons)?.[0]).filter((ring) => ring !== undefined),
  );
  const rest = shapes
    .flatMap(({ polygons }) => polygons.flat())
    .filter((ring) => !mains.has(ring))
    .toSorted((a, b) => sizeOf(b) - sizeOf(a))
    .slice(0, Math.max(0, ringsMax - mains.size));
  const chosen = new Set([...mains, ...rest]);
  let islandsLeftOut = 0;
  const kept = shapes.map(({ region, polygons }) => {
    const inside = polygons.filter(([outer]) => outer !== undefined && chosen.has(outer));
    islandsLeftOut += polygons.length - inside.length;
    return { region, polygons: inside.map((each) => each.filter((ring) => chosen.has(ring))) };
  });
  return { kept, islandsLeftOut };
}

/** The polygon with the largest outer ring. */
export function largestOf<Polygon extends readonly Ring[]>(
  polygons: readonly Polygon[],
): Polygon | undefined {
  const sizes = polygons.map(([outer = []]) => sizeOf(outer));
  return polygons[sizes.indexOf(Math.max(...sizes))];
}

/** About as large as a ring is on the ground: a degree of longitude is shorter near the poles. */
function sizeOf(ring: Ring): number {
  const [, latitude = 0] = ring[0] ?? [];
  return Math.abs(signedArea(ring)) * Math.cos((latitude * Math.PI) / 180);
}
