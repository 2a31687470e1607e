import { describe, expect, it } from "vitest";
import { boundMap, parseMap } from "../../../src/map/bound-map.ts";
import { fitRegions } from "../../../src/map/fit-regions.ts";
import { keepLargestRings } from "../../../src/map/keep-largest-rings.ts";
import { readGeoJson } from "../../../src/map/read-geojson.ts";
import { signedArea } from "../../../src/map/read-ring.ts";
import { MapRefused } from "../../../src/map/region-map.ts";
import { geoJsonOfMap, shapesOfMap } from "../../../src/map/shapes-of-map.ts";
import { limits } from "../../../src/shared/limits.ts";
import {
  collectionOf,
  featureOf,
  jaggedRing,
  squareAt,
  twoSquares,
} from "../../support/map/squares.ts";

const byId = { regionProperty: null };
const shapesOf = (value: unknown) => readGeoJson(value, byId);
const areaOf = (ring: number[][] | undefined) => Math.abs(signedArea((ring ?? []) as never)) / 2;

describe("a map that was made small", () => {
  it("has the areas that were drawn, and the border of two regions once", () => {
    const { text, regions } = boundMap(shapesOf(twoSquares));
    expect(regions).toEqual(["north", "south"]);
    const map = parseMap(text);
    const shapes = shapesOfMap(map);
    for (const { polygons } of shapes) expect(areaOf(polygons[0]?.[0])).toBeCloseTo(1, 3);
    // The shared border and one line around each.
    expect(map.arcs).toHaveLength(3);
  });

  it("is the same text for the same drawing", () => {
    expect(boundMap(shapesOf(twoSquares)).text).toBe(boundMap(shapesOf(twoSquares)).text);
  });

  it("fits its bound however many positions a coast has, and stays about as large", () => {
    const ring = jaggedRing(20_000, [10, 50]);
    const shapes = shapesOf(collectionOf(featureOf("a", ring)));
    const bounds = { charactersMax: 20_000, ringsMax: 10 };
    const { text, positions } = boundMap(shapes, bounds);
    expect(text.length).toBeLessThanOrEqual(bounds.charactersMax);
    expect(positions).toBeGreaterThan(500);
    const area = areaOf(shapesOfMap(parseMap(text))[0]?.polygons[0]?.[0]);
    expect(Math.abs(area / areaOf(ring) - 1)).toBeLessThan(0.02);
  });

  it("keeps every region, however small it is beside the largest", () => {
    const tiny = Array.from({ length: 200 }, (_, index) =>
      featureOf(`island-${index}`, squareAt(-150 + index, 10 + (index % 7), 0.0001)),
    );
    const shapes = shapesOf(
      collectionOf(featureOf("sea", jaggedRing(5_000, [0, -40], 20)), ...tiny),
    );
    const { text, regions } = boundMap(shapes, { charactersMax: 40_000, ringsMax: 250 });
    expect(regions).toHaveLength(201);
    expect(shapesOfMap(parseMap(text)).every(({ polygons }) => polygons.length > 0)).toBe(true);
  });

  it("leaves out the smallest islands and lakes first, and tells how many areas", () => {
    const islands = [1, 0.1, 0.5].map((side, index) => [squareAt(index * 2, 0, side)]);
    const lake = squareAt(0.25, 0.25, 0.05);
    const [first = []] = islands;
    const feature = {
      ...featureOf("a"),
      geometry: { type: "MultiPolygon", coordinates: [[...first, lake], ...islands.slice(1)] },
    };
    const shapes = shapesOf(collectionOf(feature, featureOf("b", squareAt(9, 9, 0.01))));
    const { kept, islandsLeftOut } = keepLargestRings(shapes, 3);
    expect(kept.map(({ polygons }) => polygons.map((rings) => rings.length))).toEqual([
      [1, 1],
      [1],
    ]);
    expect(islandsLeftOut).toBe(1);
  });

  it("is refused where its regions alone are too many for its bound", () => {
    const features = Array.from({ length: 100 }, (_, index) =>
      featureOf(index, squareAt(index, index % 50)),
    );
    const make = () =>
      boundMap(shapesOf(collectionOf(...features)), { charactersMax: 1_000, ringsMax: 100 });
    expect(make).toThrow(MapRefused);
  });

  it("fits the platform at the largest that may be sent", () => {
    const each = limits.mapPositionsMax / limits.regionsMax - 1;
    const features = Array.from({ length: limits.regionsMax }, (_, index) => {
      const centre: [number, number] = [(index % 40) * 4 - 80, Math.floor(index / 40) * 4 - 50];
      return featureOf(`region-${index}`.padEnd(64, "x"), jaggedRing(each, centre, 1.5));
    });
    const { text, regions } = boundMap(shapesOf(collectionOf(...features)));
    expect(regions).toHaveLength(limits.regionsMax);
    expect(text.length).toBeLessThanOrEqual(limits.mapCharactersMax);
  });

  it("becomes GeoJSON again, which is taken as it is", () => {
    const { text } = boundMap(shapesOf(twoSquares));
    const again = geoJsonOfMap(parseMap(text));
    expect(boundMap(shapesOf(again)).text).toBe(text);
    expect(
      signedArea((again.features[0]?.geometry.coordinates[0]?.[0] ?? []) as never),
    ).toBeGreaterThan(0);
  });
});

describe("the regions of a map beside those of a decision", () => {
  it("are told where either lacks one of the other", () => {
    expect(fitRegions(["a", "b"], ["b", "c"])).toEqual({ missing: ["c"], unknown: ["a"] });
  });
});
