import type { FeatureCollection, MultiPolygon } from "geojson";
import { feature } from "topojson-client";
import type { RegionMap, RegionShape, Ring } from "./region-map.ts";

/** The regions of a stored map, in degrees and wound as d3-geo draws them. */
export function shapesOfMap(map: RegionMap): RegionShape[] {
  return map.objects.regions.geometries.map((geometry) => {
    const { coordinates } = feature(map, geometry).geometry;
    // A position of a quantised map has two members.
    return { region: geometry.id, polygons: coordinates as Ring[][] };
  });
}

/** A stored map as a GeoJSON FeatureCollection, wound as RFC 7946 has it: to use it elsewhere. */
export function geoJsonOfMap(map: RegionMap): FeatureCollection<MultiPolygon> {
  const features = shapesOfMap(map).map(({ region, polygons }) => ({
    type: "Feature" as const,
    id: region,
    properties: null,
    geometry: {
      type: "MultiPolygon" as const,
      coordinates: polygons.map((rings) => rings.map((ring) => ring.toReversed())),
    },
  }));
  return { type: "FeatureCollection", features };
}
