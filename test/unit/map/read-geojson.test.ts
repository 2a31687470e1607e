import { describe, expect, it } from "vitest";
import { readGeoJson } from "../../../src/map/read-geojson.ts";
import { signedArea } from "../../../src/map/read-ring.ts";
import { MapRefused, type MapFault } from "../../../src/map/region-map.ts";
import { limits } from "../../../src/shared/limits.ts";
import { collectionOf, featureOf, squareAt, twoSquares } from "../../support/map/squares.ts";

const byId = { regionProperty: null };

/** What a document is refused with. */
function refusalOf(value: unknown, reading = byId): { code: string; faults: readonly MapFault[] } {
  try {
    readGeoJson(value, reading);
  } catch (error) {
    if (error instanceof MapRefused) return { code: error.code, faults: error.faults };
    throw error;
  }
  return { code: "taken", faults: [] };
}

/** Where a document is refused, as not GeoJSON. */
function pointersOf(value: unknown): string[] {
  const { code, faults } = refusalOf(value);
  expect(code).toBe("map.not_geojson");
  return faults.map(({ pointer }) => pointer);
}

const ringAt = "/features/0/geometry/coordinates/0";

describe("the regions of a GeoJSON document", () => {
  it("are its features by their ids, wound as they are drawn whatever way they come", () => {
    const clockwise = collectionOf(featureOf("north", squareAt(10, 51).toReversed()));
    const [read] = readGeoJson(clockwise, byId);
    const [again] = readGeoJson(twoSquares, byId);
    expect(read?.region).toBe("north");
    for (const shape of [read, again]) expect(signedArea(shape?.polygons[0]?.[0] ?? [])).toBe(-2);
  });

  it("winds holes against their areas", () => {
    const lake = squareAt(10.25, 51.25, 0.5);
    const [read] = readGeoJson(collectionOf(featureOf("a", squareAt(10, 51), lake)), byId);
    expect(read?.polygons[0]?.map((ring) => Math.sign(signedArea(ring)))).toEqual([-1, 1]);
  });

  it("takes numbers and a named property for codes, and joins what has one code", () => {
    const named = (code: unknown, longitude: number) => ({
      ...featureOf(undefined, squareAt(longitude, 0)),
      properties: { "fid/1": code },
    });
    const read = readGeoJson(collectionOf(named(7, 0), named("8", 2), named("7", 4)), {
      regionProperty: "fid/1",
    });
    expect(read.map(({ region, polygons }) => [region, polygons.length])).toEqual([
      ["7", 2],
      ["8", 1],
    ]);
    const { faults } = refusalOf(collectionOf(named(null, 0)), {
      regionProperty: "fid/1",
    } as never);
    expect(faults.map(({ pointer }) => pointer)).toEqual(["/features/0/properties/fid~11"]);
  });

  it("leaves out altitudes, and areas of no size", () => {
    const high = squareAt(10, 51).map((position) => [...position, 812.5]);
    const flat = [
      [0, 0],
      [1, 1],
      [1, 1],
      [0, 0],
    ];
    const feature = featureOf("a", high);
    const both = {
      ...feature,
      geometry: { type: "MultiPolygon", coordinates: [[high], [flat]] },
    };
    const [read] = readGeoJson(collectionOf(both), byId);
    expect(read?.polygons).toHaveLength(1);
    expect(read?.polygons[0]?.[0]?.every((position) => position.length === 2)).toBe(true);
    expect(pointersOf(collectionOf(featureOf("a", flat)))).toEqual(["/features/0/geometry"]);
  });

  it.each([
    ["a list", [], "/type"],
    ["a feature by itself", featureOf("a", squareAt(0, 0)), "/type"],
    ["no feature", collectionOf(), "/features"],
    ["features that are none", collectionOf({ type: "Polygon" }), "/features/0"],
    [
      "a feature without a code",
      collectionOf(featureOf(undefined, squareAt(0, 0))),
      "/features/0/id",
    ],
    ["an empty code", collectionOf(featureOf("", squareAt(0, 0))), "/features/0/id"],
    [
      "a code that no region may have",
      collectionOf(featureOf("a".repeat(65), squareAt(0, 0))),
      "/features/0/id",
    ],
    [
      "properties that are a list",
      collectionOf({ ...featureOf("a", squareAt(0, 0)), properties: [] }),
      "/features/0/properties",
    ],
    ["no geometry", collectionOf({ ...featureOf("a"), geometry: null }), "/features/0/geometry"],
    [
      "a line",
      collectionOf({ ...featureOf("a"), geometry: { type: "LineString", coordinates: [] } }),
      "/features/0/geometry",
    ],
    ["no ring", collectionOf(featureOf("a")), "/features/0/geometry/coordinates"],
    ["a ring that is open", collectionOf(featureOf("a", squareAt(0, 0).slice(0, 4))), ringAt],
    ["a ring of three", collectionOf(featureOf("a", squareAt(0, 0).slice(0, 3))), ringAt],
    [
      "a position of four numbers",
      collectionOf(featureOf("a", [[0, 0, 0, 0], ...squareAt(0, 0)])),
      `${ringAt}/0`,
    ],
    [
      "a position of text",
      collectionOf(featureOf("a", [["0", 0], ...squareAt(0, 0)])),
      `${ringAt}/0`,
    ],
    [
      "a ring across the antimeridian",
      collectionOf(
        featureOf("a", [
          [179, 0],
          [-179, 0],
          [-179, 1],
          [179, 1],
          [179, 0],
        ]),
      ),
      ringAt,
    ],
    ["a box of three", { ...twoSquares, bbox: [0, 0, 1] }, "/bbox"],
    ["a member of another type", { ...twoSquares, coordinates: [] }, "/coordinates"],
    [
      "another reference system",
      { ...twoSquares, crs: { type: "name", properties: { name: "urn:ogc:def:crs:EPSG::3857" } } },
      "/crs",
    ],
  ])("are refused with %s, at its place", (_, value, pointer) => {
    expect(pointersOf(value).at(0)).toBe(pointer);
  });

  it("may name the one reference system that there is", () => {
    const crs = { type: "name", properties: { name: "urn:ogc:def:crs:OGC:1.3:CRS84" } };
    expect(refusalOf({ ...twoSquares, crs }).code).toBe("taken");
  });

  it("may reach around the pole along it", () => {
    const cap = [
      [-180, -90],
      [180, -90],
      [180, -70],
      [-180, -70],
      [-180, -90],
    ];
    // Two edges of it are long: one along the pole, and one that has to be cut.
    expect(pointersOf(collectionOf(featureOf("a", cap)))).toEqual([ringAt]);
    const cut = [...cap.slice(0, 3), [0, -70], ...cap.slice(3)];
    expect(refusalOf(collectionOf(featureOf("a", cut))).code).toBe("taken");
  });

  it("tells metres from degrees", () => {
    const metres = squareAt(1_113_194, 6_446_275, 1_000);
    const { code, faults } = refusalOf(collectionOf(featureOf("a", metres)));
    expect(code).toBe("map.not_degrees");
    expect(faults).toHaveLength(1);
  });

  it("names as many faults as one refusal has room for", () => {
    const features = Array.from({ length: limits.mapFaultsMax + 5 }, () => featureOf(undefined));
    expect(pointersOf(collectionOf(...features))).toHaveLength(limits.mapFaultsMax);
  });

  it("are bounded in features and in positions", () => {
    const many = (count: number) =>
      collectionOf(...Array.from({ length: count }, () => featureOf("a", squareAt(0, 0))));
    expect(refusalOf(many(limits.mapFeaturesMax)).code).toBe("taken");
    expect(refusalOf(many(limits.mapFeaturesMax + 1)).code).toBe("map.too_many_features");
    const ringOf = (positions: number) => {
      const rest = Array.from({ length: positions - 5 }, () => [0, 0]);
      return [...squareAt(0, 0), ...rest];
    };
    const withRing = (positions: number) => collectionOf(featureOf("a", ringOf(positions)));
    expect(refusalOf(withRing(limits.mapPositionsMax)).code).toBe("taken");
    expect(refusalOf(withRing(limits.mapPositionsMax + 1)).code).toBe("map.too_many_positions");
  });
});
