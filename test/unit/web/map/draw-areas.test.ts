import world from "world-countries";
import { describe, expect, it } from "vitest";
import { parseMap } from "../../../../src/map/bound-map.ts";
import { readGeoJson } from "../../../../src/map/read-geojson.ts";
import type { RegionShape } from "../../../../src/map/region-map.ts";
import { shapesOfMap } from "../../../../src/map/shapes-of-map.ts";
import { drawAreas, type MapArea } from "../../../../src/web/map/draw-areas.ts";
import { collectionOf, featureOf, squareAt } from "../../../support/map/squares.ts";

const size = { width: 400, height: 300 };

/** The size of a drawn area in square units, from its path of straight lines. */
function areaOf(area: MapArea | undefined): number {
  const rings = (area?.path ?? "").split("M").slice(1);
  return Math.abs(
    rings.reduce((sum, ring) => {
      const points = ring
        .replace("Z", "")
        .split("L")
        .map((point) => point.split(",").map(Number));
      return (
        sum +
        points.reduce((part, [x1 = 0, y1 = 0], index) => {
          const [x0 = 0, y0 = 0] = points.at(index - 1) ?? [];
          return part + (x0 * y1 - x1 * y0) / 2;
        }, 0)
      );
    }, 0),
  );
}

function draw(shapes: readonly RegionShape[], codes: readonly string[], isCropped = false) {
  const areas = drawAreas({ shapes, regions: new Set(codes), isCropped, ...size });
  return new Map(areas.map((area) => [area.region, area]));
}

const shapesOf = (...features: object[]) =>
  readGeoJson(collectionOf(...features), { regionProperty: null });

describe("areas on a map", () => {
  it("are in the proportion that they have on Earth, near the equator and near a pole", () => {
    const shapes = shapesOf(
      featureOf("equator", squareAt(0, 0, 10)),
      featureOf("north", squareAt(0, 60, 10)),
    );
    const areas = draw(shapes, ["equator", "north"]);
    // Of a zone from a to b there is sin b - sin a.
    const zone = (from: number, to: number) =>
      Math.sin((to * Math.PI) / 180) - Math.sin((from * Math.PI) / 180);
    const ratio = areaOf(areas.get("north")) / areaOf(areas.get("equator"));
    expect(ratio).toBeCloseTo(zone(60, 70) / zone(0, 10), 2);
  });

  it("fill their picture, and stay within it", () => {
    const areas = draw(shapesOf(featureOf("a", squareAt(8, 47, 0.01))), ["a"]);
    const numbers =
      areas
        .get("a")
        ?.path.match(/-?[\d.]+/g)
        ?.map(Number) ?? [];
    const ys = numbers.filter((_, index) => index % 2 === 1);
    expect(Math.min(...ys)).toBeCloseTo(12, 0);
    expect(Math.max(...ys)).toBeCloseTo(size.height - 12, 0);
  });

  it("have a mark where they are too small to be seen", () => {
    const shapes = shapesOf(
      featureOf("sea", squareAt(0, 0, 20)),
      featureOf("islet", squareAt(22, 10, 0.01)),
    );
    const areas = draw(shapes, ["sea", "islet"]);
    expect(areas.get("sea")?.mark).toBeNull();
    const [x = -1, y = -1] = areas.get("islet")?.mark ?? [];
    expect(x).toBeGreaterThan(size.width / 2);
    expect(x).toBeLessThan(size.width);
    expect(y).toBeGreaterThan(0);
  });

  it("are drawn beside those of no region only as far as those are in sight", () => {
    const shapes = shapesOf(
      featureOf("a", squareAt(0, 0)),
      featureOf("beside", squareAt(1, 0)),
      featureOf("far", squareAt(100, 0)),
    );
    expect([...draw(shapes, ["a"]).keys()]).toEqual(["a", "beside"]);
  });

  it("keep a parallel as it is on Earth", () => {
    const wide = [
      [-40, 49],
      [40, 49],
      [40, 30],
      [-40, 30],
      [-40, 49],
    ];
    const areas = draw(shapesOf(featureOf("a", wide)), ["a"]);
    const zone = Math.sin((49 * Math.PI) / 180) - 0.5;
    const part = draw(shapesOf(featureOf("a", wide), featureOf("b", squareAt(0, 0, 10))), [
      "a",
      "b",
    ]);
    const ten = Math.sin((10 * Math.PI) / 180);
    const ratio = areaOf(part.get("a")) / areaOf(part.get("b"));
    expect(ratio).toBeCloseTo((zone * 80) / (ten * 10), 0);
    expect(areas.size).toBe(1);
  });
});

describe("the countries of the world", () => {
  const shapes = shapesOfMap(parseMap(world));
  const all = shapes.map(({ region }) => region);

  it("are small enough for a page, and all there", () => {
    expect(world.length).toBeLessThanOrEqual(180_000);
    expect(all).toHaveLength(241);
    expect(all).toContain("983");
  });

  it("are drawn whole, in proportion, with marks for the small ones", () => {
    const areas = draw(shapes, all, true);
    // Brazil is 15.5 times as large as France, and Malta is not to be seen.
    const [brazil, france, malta] = ["076", "250", "470"].map((code) => areas.get(code));
    expect(areaOf(brazil) / areaOf(france)).toBeGreaterThan(11);
    expect(areaOf(brazil) / areaOf(france)).toBeLessThan(16);
    expect(malta?.mark).not.toBeNull();
  });

  it("of one continent leave out islands far off it", () => {
    const europe = draw(shapes, ["250", "276", "380"], true);
    // With Guiana and the islands of the Indian Ocean in sight it would be a speck.
    expect(areaOf(europe.get("276"))).toBeGreaterThan(size.width * size.height * 0.05);
    expect(europe.has("076")).toBe(false);
  });

  it("are drawn across the antimeridian", () => {
    const fiji = draw(shapes, ["242", "882", "776"], true);
    expect(fiji.size).toBeGreaterThanOrEqual(3);
    for (const code of ["242", "882", "776"]) expect(areaOf(fiji.get(code))).toBeLessThan(60_000);
  });
});
