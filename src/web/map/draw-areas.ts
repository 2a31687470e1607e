import {
  geoAzimuthalEqualArea,
  geoBounds,
  geoCentroid,
  geoDistance,
  geoEqualEarth,
  geoPath,
  type GeoProjection,
} from "d3-geo";
import type { MultiPolygon } from "geojson";
import { largestOf } from "../../map/keep-largest-rings.ts";
import type { RegionShape, Ring } from "../../map/region-map.ts";

/** An area of a map as it is drawn, in units of its picture. */
export interface MapArea {
  region: string;
  /** SVG path data. */
  path: string;
  /** Where a mark of its own stands, where it is too small to be seen. */
  mark: readonly [x: number, y: number] | null;
}

/** What is drawn, and how large. */
export interface MapDrawing {
  shapes: readonly RegionShape[];
  /** The regions that the picture is about; the others are drawn as far as they are in sight. */
  regions: ReadonlySet<string>;
  width: number;
  height: number;
  /** Whether islands far off may lie outside: of countries the largest part alone is in sight. */
  isCropped: boolean;
}

const margin = 12;
/** A region of less than so many square units has a mark: a square of four. */
const smallestSeen = 16;
/** Within 60 degrees of its middle a map is drawn around that, beyond it as the whole Earth. */
const hemisphereRadians = Math.PI / 3;
/** A line of a file is straight in degrees, where a projection would take the shortest way. */
const stepDegrees = 2;

/** Draws regions so that areas are in the proportion that they have on Earth. */
export function drawAreas({ shapes, regions, width, height, isCropped }: MapDrawing): MapArea[] {
  const subjects = shapes.filter(({ region }) => regions.has(region));
  if (subjects.length === 0) return [];
  const framed = subjects.map(({ polygons }) => {
    const main = isCropped ? largestOf(polygons) : undefined;
    return main === undefined ? polygons : [main];
  });
  const frame = multiPolygon(framed.flat());
  const projection = fitProjection(frame, { width, height });
  const path = geoPath(projection).digits(1);
  return shapes.flatMap(({ region, polygons }) => {
    const geometry = multiPolygon(polygons);
    const drawn = path(geometry) ?? "";
    const isSubject = regions.has(region);
    if (drawn === "" && !isSubject) return [];
    if (!isSubject && isOutside(path.bounds(geometry), { width, height })) return [];
    const isSmall = isSubject && path.area(geometry) < smallestSeen;
    const [x, y] = isSmall ? markOf(path.centroid(geometry), projection, polygons) : [0, 0];
    return [{ region, path: drawn, mark: isSmall ? [round(x), round(y)] : null }];
  });
}

type Size = Pick<MapDrawing, "width" | "height">;

function fitProjection(frame: MultiPolygon, { width, height }: Size): GeoProjection {
  const [longitude, latitude] = middleOf(frame);
  const reach = Math.max(
    ...frame.coordinates.flatMap(([outer = []]) =>
      outer.map(([x = 0, y = 0]) => geoDistance([x, y], [longitude, latitude])),
    ),
  );
  const projection =
    reach <= hemisphereRadians
      ? geoAzimuthalEqualArea().rotate([-longitude, -latitude]).clipAngle(90)
      : geoEqualEarth().rotate([-longitude, 0]);
  const extent: [[number, number], [number, number]] = [
    [margin, margin],
    [width - margin, height - margin],
  ];
  const fitted = projection.fitExtent(extent, frame);
  return fitted.clipExtent([
    [-width, -height],
    [2 * width, 2 * height],
  ]);
}

/** The middle of the box around a frame, or its centroid where it is around the Earth. */
function middleOf(frame: MultiPolygon): [number, number] {
  const [[left, bottom], [right, top]] = geoBounds(frame);
  const turn = right < left ? 360 : 0;
  if (right + turn - left > 180) return [round(geoCentroid(frame)[0] / 10) * 10, 0];
  return [(left + right + turn) / 2, (bottom + top) / 2];
}

function multiPolygon(polygons: readonly Ring[][]): MultiPolygon {
  return {
    type: "MultiPolygon",
    coordinates: polygons.map((rings) => rings.map(straighten)),
  };
}

/** Sets positions on long lines, so that a parallel is drawn as one. */
function straighten(ring: Ring): Ring {
  return ring.flatMap((here, index): Ring => {
    const before = ring[index - 1];
    if (before === undefined) return [here];
    const across = here[0] - before[0];
    const up = here[1] - before[1];
    const steps = Math.ceil(Math.max(Math.abs(across), Math.abs(up)) / stepDegrees);
    // Across the antimeridian the short way is the line's own.
    if (steps < 2 || Math.abs(across) > 180) return [here];
    return Array.from({ length: steps }, (_, step): [number, number] => {
      const share = (step + 1) / steps;
      return share === 1 ? here : [before[0] + across * share, before[1] + up * share];
    });
  });
}

function isOutside(
  [[left, top], [right, bottom]]: [[number, number], [number, number]],
  { width, height }: Size,
): boolean {
  return right < 0 || bottom < 0 || left > width || top > height;
}

/** The middle of an area; of one that the grid has made a point, that point. */
function markOf(
  centroid: [number, number],
  projection: GeoProjection,
  polygons: readonly Ring[][],
): [number, number] {
  if (centroid.every(Number.isFinite)) return centroid;
  const [first = [0, 0]] = polygons[0]?.[0] ?? [];
  return projection(first) ?? [0, 0];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
