import { limits } from "../shared/limits.ts";
import { FaultList } from "./fault-list.ts";
import { readRing, type CountPositions } from "./read-ring.ts";
import { MapRefused, type RegionShape, type Ring } from "./region-map.ts";

/** The member of a feature's `properties` that is its region's code; null for the feature's id. */
export interface GeoJsonReading {
  regionProperty: string | null;
}

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * The regions of a GeoJSON FeatureCollection of polygons, strictly by RFC 7946. Features of one
 * region are joined, altitudes and properties are left out.
 * @throws {MapRefused} map.not_geojson, map.not_degrees, map.too_many_features,
 * map.too_many_positions
 */
export function readGeoJson(value: unknown, { regionProperty }: GeoJsonReading): RegionShape[] {
  const faults = new FaultList();
  if (!isObject(value) || value["type"] !== "FeatureCollection")
    throw new MapRefused("map.not_geojson", [
      { pointer: "/type", detail: "`FeatureCollection`, with a feature a region" },
    ]);
  const { features } = value;
  if (!Array.isArray(features) || features.length === 0)
    throw new MapRefused("map.not_geojson", [
      { pointer: "/features", detail: "a list of features, one at least" },
    ]);
  if (features.length > limits.mapFeaturesMax) throw new MapRefused("map.too_many_features");
  checkMembers(value, "", {
    faults,
    foreign: ["coordinates", "geometries", "geometry", "properties"],
  });
  checkReferenceSystem(value["crs"], faults);
  let positions = 0;
  const count: CountPositions = (more) => {
    positions += more;
    if (positions > limits.mapPositionsMax) throw new MapRefused("map.too_many_positions");
  };
  const byRegion = new Map<string, RegionShape>();
  for (const [index, feature] of features.entries()) {
    const read = readFeature(feature, `/features/${index}`, { regionProperty, faults, count });
    if (read === null) continue;
    const joined = byRegion.get(read.region) ?? { region: read.region, polygons: [] };
    joined.polygons.push(...read.polygons);
    byRegion.set(read.region, joined);
  }
  faults.refuseAny();
  return [...byRegion.values()];
}

interface FeatureContext extends GeoJsonReading {
  faults: FaultList;
  count: CountPositions;
}

function readFeature(
  value: unknown,
  pointer: string,
  { regionProperty, faults, count }: FeatureContext,
): RegionShape | null {
  if (!isObject(value) || value["type"] !== "Feature") {
    faults.add(pointer, "an object whose `type` is `Feature`");
    return null;
  }
  const { geometry, properties } = value;
  checkMembers(value, pointer, { faults, foreign: ["coordinates", "geometries", "features"] });
  if (properties !== null && !isObject(properties)) {
    faults.add(`${pointer}/properties`, "an object, or null");
    return null;
  }
  const region = regionOf(regionProperty === null ? value["id"] : properties?.[regionProperty]);
  if (region === null) {
    const where = regionProperty === null ? "/id" : `/properties/${escapePointer(regionProperty)}`;
    faults.add(pointer + where, "the code of the region that it is");
    return null;
  }
  const faultsBefore = faults.size;
  const polygons = readPolygons(geometry, `${pointer}/geometry`, { faults, count });
  if (polygons?.length === 0 && faults.size === faultsBefore)
    faults.add(`${pointer}/geometry`, "an area, not a line or a point");
  return polygons === null ? null : { region, polygons };
}

type GeometryContext = Pick<FeatureContext, "faults" | "count">;

/** Null where it is no geometry of areas. */
function readPolygons(
  geometry: unknown,
  pointer: string,
  context: GeometryContext,
): Ring[][] | null {
  const { faults } = context;
  const type = isObject(geometry) ? geometry["type"] : null;
  if (!isObject(geometry) || (type !== "Polygon" && type !== "MultiPolygon")) {
    faults.add(pointer, "a Polygon or a MultiPolygon: a region is an area");
    return null;
  }
  checkMembers(geometry, pointer, { faults, foreign: ["geometry", "properties", "features"] });
  const { coordinates } = geometry;
  const at = `${pointer}/coordinates`;
  if (type === "Polygon") return readPolygon(coordinates, at, context);
  if (!Array.isArray(coordinates)) {
    faults.add(at, "a list of polygons");
    return null;
  }
  return coordinates.flatMap((each, index) => readPolygon(each, `${at}/${index}`, context) ?? []);
}

/** A polygon in a list of its own; an empty list where its outer ring has no area. */
function readPolygon(value: unknown, pointer: string, context: GeometryContext): Ring[][] | null {
  if (!Array.isArray(value) || value.length === 0) {
    context.faults.add(pointer, "a list of rings, the outer one first");
    return null;
  }
  const rings = value.map((ring, index) => {
    const side = index === 0 ? "outer" : "hole";
    return readRing(ring, { ...context, pointer: `${pointer}/${index}`, side });
  });
  const [outer = null, ...holes] = rings;
  return outer === null ? [] : [[outer, ...holes.filter((ring) => ring !== null)]];
}

/** A code as text or as a number, of as many characters as a region's code may have. */
function regionOf(value: unknown): string | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  const code = String(value);
  return code === "" || code.length > limits.regionCodeCharactersMax ? null : code;
}

/** A bounding box is four or six numbers (RFC 7946, 5); members of other types are none (7.1). */
function checkMembers(
  value: JsonObject,
  pointer: string,
  { faults, foreign }: { faults: FaultList; foreign: readonly string[] },
): void {
  for (const name of foreign)
    if (name in value)
      faults.add(`${pointer}/${name}`, "a member of another type of GeoJSON object");
  const { bbox } = value;
  if (bbox === undefined) return;
  const isBox =
    Array.isArray(bbox) &&
    (bbox.length === 4 || bbox.length === 6) &&
    bbox.every((each) => typeof each === "number");
  if (!isBox) faults.add(`${pointer}/bbox`, "four numbers, or six with altitudes");
}

const worldGeodetic = /(?:OGC:1\.3:CRS84|OGC::CRS84|EPSG::?4326)$/i;

/** RFC 7946 has one reference system (4); files of its forerunner may name that one. */
function checkReferenceSystem(crs: unknown, faults: FaultList): void {
  if (crs === undefined || crs === null) return;
  const properties = isObject(crs) ? crs["properties"] : null;
  const name = isObject(properties) ? properties["name"] : null;
  if (typeof name === "string" && worldGeodetic.test(name)) return;
  faults.add(
    "/crs",
    "no reference system but WGS 84: save the file again in longitude and latitude",
  );
}

function escapePointer(member: string): string {
  return member.replaceAll("~", "~0").replaceAll("/", "~1");
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
