import type { MultiPolygon, Topology } from "topojson-specification";

/** The areas of one region in degrees, each a ring and its holes, as d3-geo winds them. */
export interface RegionShape {
  region: string;
  polygons: Ring[][];
}

export type Ring = [longitude: number, latitude: number][];

/** A map of regions as it is stored and served: quantised TopoJSON, one geometry a region. */
export type RegionMap = Topology & {
  objects: { regions: { type: "GeometryCollection"; geometries: RegionGeometry[] } };
};
export type RegionGeometry = MultiPolygon & { id: string };

/** A stored map, its text and what was left out to make it small. */
export interface SmallMap {
  text: string;
  regions: readonly string[];
  positions: number;
  islandsLeftOut: number;
}

/** What is wrong with a map, and where in its JSON (RFC 6901). */
export interface MapFault {
  pointer: string;
  detail: string;
}

export type MapRefusal =
  | "map.not_geojson"
  | "map.not_degrees"
  | "map.too_many_features"
  | "map.too_many_positions"
  | "map.too_detailed"
  | "map.other_regions";

/** A map that is not taken. */
export class MapRefused extends Error {
  override readonly name = "MapRefused";
  readonly code: MapRefusal;
  readonly faults: readonly MapFault[];

  constructor(code: MapRefusal, faults: readonly MapFault[] = []) {
    super(code);
    this.code = code;
    this.faults = faults;
  }
}
