import { describe, expect, it } from "vitest";
import { limits } from "../../../../../src/shared/limits.ts";
import {
  MapFileRefused,
  previewMap,
  readMapFile,
} from "../../../../../src/web/organise/map/read-map-file.ts";
import { collectionOf, featureOf, squareAt, twoSquares } from "../../../../support/map/squares.ts";

const codes = ["north", "south", "west"];

function read(document: unknown) {
  const text = typeof document === "string" ? document : JSON.stringify(document);
  return readMapFile({ name: "basin.geojson", bytes: text.length, text }, codes);
}

describe("a file with a map", () => {
  it("tells what names most regions first", () => {
    const features = ["north", "south"].map((code, index) => ({
      ...featureOf(index, squareAt(index, 0)),
      properties: { fid: index, code, label: code.toUpperCase() },
    }));
    expect(read(collectionOf(...features)).naming).toEqual([
      { property: "code", named: 2 },
      { property: null, named: 0 },
      { property: "fid", named: 0 },
      { property: "label", named: 0 },
    ]);
  });

  it("is looked at as the service would take it", () => {
    const preview = previewMap(read(twoSquares), null, codes);
    expect(preview).toMatchObject({ kind: "fits", missing: ["west"], unknown: [] });
    const other = read(collectionOf(featureOf("sea", squareAt(0, 0))));
    expect(previewMap(other, null, codes)).toMatchObject({ code: "map.other_regions" });
    const open = read(collectionOf(featureOf("north", squareAt(0, 0).slice(1))));
    expect(previewMap(open, null, codes)).toMatchObject({
      code: "map.not_geojson",
      faults: [{ pointer: "/features/0/geometry/coordinates/0" }],
    });
  });

  it("is refused where it is no JSON, or too large to send", () => {
    expect(() => read("PK\u0003\u0004")).toThrow(new MapFileRefused("not_json"));
    const bytes = limits.mapBytesMax + 1;
    const large = { name: "a", bytes, text: JSON.stringify(twoSquares) };
    expect(() => readMapFile(large, codes)).toThrow(new MapFileRefused("too_large"));
    expect(readMapFile({ ...large, bytes: bytes - 1 }, codes).naming).toHaveLength(1);
  });

  it("may be anything else, which is refused as no GeoJSON when it is looked at", () => {
    for (const document of [null, 7, [], { features: [null] }])
      expect(previewMap(read(document), null, codes)).toMatchObject({ code: "map.not_geojson" });
  });
});
