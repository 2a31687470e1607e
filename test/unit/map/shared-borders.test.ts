import type { FeatureCollection } from "geojson";
import { topology } from "topojson-server";
import { describe, expect, it } from "vitest";
import { readGeoJson } from "../../../src/map/read-geojson.ts";
import { MapRefused, type RegionShape } from "../../../src/map/region-map.ts";
import { shareBorders, type SharedBorders } from "../../../src/map/shared-borders.ts";
import { limits } from "../../../src/shared/limits.ts";
import { collectionOf, featureOf, jaggedRing, squareAt } from "../../support/map/squares.ts";

const steps = limits.mapGridSteps;
const bounds = { steps, comparisonsMax: limits.mapComparisonsMax };
const shapesOf = (...features: object[]) =>
  readGeoJson(collectionOf(...features), { regionProperty: null });

/** The rings of a region again, from its arcs. */
function ringsOf({ objects, arcs }: SharedBorders): number[][][] {
  const line = (index: number) => (index < 0 ? (arcs[~index] ?? []).toReversed() : arcs[index]);
  return objects.regions.geometries.flatMap((geometry) =>
    geometry.arcs.flat().map((ring) => {
      const [first = [], ...others] = ring.map((index) => line(index) ?? []);
      return [...first, ...others.flatMap((each) => each.slice(1))];
    }),
  );
}

/** Each ring from its least position on, in steps of the grid; for a comparison of drawings. */
function drawingOf(rings: readonly number[][][]): string[] {
  return rings.map((ring) => {
    const open = ring.slice(1).map((position) => position.map((each) => each.toFixed(4)).join(" "));
    const least = open.indexOf(open.toSorted()[0] ?? "");
    return [...open.slice(least), ...open.slice(0, least)].join(",");
  });
}

/** How many arcs the library finds, which has a table of hashes. */
function arcsOfLibrary(shapes: readonly RegionShape[]): number {
  const features = shapes.map(({ region, polygons }) => ({
    type: "Feature" as const,
    id: region,
    properties: null,
    geometry: { type: "MultiPolygon" as const, coordinates: polygons },
  }));
  const regions: FeatureCollection = { type: "FeatureCollection", features };
  return topology({ regions }, steps).arcs.length;
}

const gridOfSquares = Array.from({ length: 100 }, (_, index) =>
  featureOf(index, squareAt(index % 10, Math.floor(index / 10))),
);
const drawings: Record<string, object[]> = {
  "two that share a border": [featureOf("a", squareAt(0, 1)), featureOf("b", squareAt(0, 0))],
  "a hole that another fills": [
    featureOf("a", squareAt(0, 0, 9), squareAt(3, 3).toReversed()),
    featureOf("b", squareAt(3, 3)),
  ],
  "a hole that begins elsewhere in the other": [
    featureOf("a", squareAt(0, 0, 9), squareAt(3, 3).toReversed()),
    featureOf("b", [...squareAt(3, 3).slice(2), ...squareAt(3, 3).slice(1, 3)]),
  ],
  "the same twice": [featureOf("a", squareAt(0, 0)), featureOf("b", squareAt(0, 0))],
  "a hundred squares": gridOfSquares,
  coasts: [featureOf("a", jaggedRing(300, [0, 0])), featureOf("b", jaggedRing(300, [1, 1]))],
  "one that touches itself": [
    featureOf("a", [
      [0, 0],
      [4, 0],
      [2, 2],
      [4, 4],
      [0, 4],
      [2, 2],
      [0, 0],
    ]),
    featureOf("b", [
      [2, 2],
      [4, 0],
      [4, 4],
      [2, 2],
    ]),
  ],
};

describe("the borders that regions share", () => {
  it.each(Object.entries(drawings))("stand once, and draw what was drawn: %s", (_, features) => {
    const shapes = shapesOf(...features);
    const shared = shareBorders(shapes, bounds);
    const drawn = shapes.flatMap(({ polygons }) => polygons.flat());
    expect(drawingOf(ringsOf(shared))).toEqual(drawingOf(drawn.map((ring) => onGrid(ring, drawn))));
    expect(shared.arcs).toHaveLength(arcsOfLibrary(shapes));
  });

  it("are found as fast where positions were chosen to collide in a table of hashes", () => {
    const shapes = shapesOf(featureOf("a", collidingRing(limits.mapPositionsMax - 10)));
    expect(shareBorders(shapes, bounds).arcs).toHaveLength(1);
  });

  it("are found as fast where a ring comes back to one place again and again", () => {
    const shapes = shapesOf(
      featureOf("a", knot(limits.mapPositionsMax - 20)),
      featureOf("b", knotEnd),
    );
    expect(shareBorders(shapes, bounds).arcs.length).toBeGreaterThan(30_000);
  });

  it("are not looked for beyond the comparisons that a map may take", () => {
    const shapes = shapesOf(...gridOfSquares);
    expect(() => shareBorders(shapes, { steps, comparisonsMax: 100 })).toThrow(MapRefused);
  });
});

/** A drawing as the grid over all of it has it. */
function onGrid(ring: readonly number[][], all: readonly number[][][]): number[][] {
  return ring.map((position) =>
    position.map((value, axis) => {
      const values = all.flat().map((each) => each[axis] ?? 0);
      const least = Math.min(...values);
      const scale = (steps - 1) / (Math.max(...values) - least);
      return least + Math.round((value - least) * scale) / scale;
    }),
  );
}

/** Positions of the grid whose hashes in `topojson-server` are the same, but for 1,024 of 262,144. */
function collidingRing(count: number): number[][] {
  const floats = new Float64Array(2);
  const words = new Uint32Array(floats.buffer);
  const slotOf = (x: number, y: number): number => {
    floats[0] = x;
    floats[1] = y;
    const [a = 0, b = 0, c = 0, d = 0] = words;
    const hash = a ^ b;
    return ((hash << 5) ^ (hash >> 7) ^ c ^ d) & 0x3_fc00;
  };
  const slot = slotOf(1, 1);
  const ring: number[][] = [
    [0, 0],
    [10, 0],
    [10, 10],
  ];
  const degrees = (step: number) => (step / (steps - 1)) * 10;
  for (let x = 1; x < steps && ring.length < count; x += 1)
    for (let y = 1; y < steps && ring.length < count; y += 1)
      if (slotOf(x, y) === slot) ring.push([degrees(x), degrees(y)]);
  return [...ring, [0, 10], [0, 0]];
}

/** Loops that all begin and end at (5, 5), which another region has too. */
function knot(count: number): number[][] {
  const loops = Array.from({ length: Math.floor(count / 3) }, (_, index) => {
    const [x, y] = [((index * 7) % 1_000) / 250, (index % 997) / 300];
    return [
      [5, 5],
      [5 + x, 5.01 + y],
      [5.01 + x, 5 + y],
    ];
  });
  return [[0, 0], [10, 0], [10, 10], ...loops.flat(), [5, 5], [0, 10], [0, 0]];
}
const knotEnd = [
  [5, 5],
  [4, 5],
  [4, 4],
  [5, 5],
];
