import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import type { RegionShape, Ring } from "./region-map.ts";

/** A kept atlas, wound as d3-geo draws it, one of whose objects is a collection of named areas. */
export type Atlas = Topology & { objects: { countries: GeometryCollection<{ name: string }> } };

/** The countries of an atlas, under what `regionOf` makes of their ids and names. */
export function shapesOfAtlas(
  atlas: Atlas,
  regionOf: (id: string | null, name: string) => string,
): RegionShape[] {
  return feature(atlas, atlas.objects.countries).features.map(({ id, geometry, properties }) => {
    const region = regionOf(id === undefined ? null : String(id), properties.name);
    if (geometry.type === "Polygon") return { region, polygons: [geometry.coordinates as Ring[]] };
    if (geometry.type === "MultiPolygon")
      return { region, polygons: geometry.coordinates as Ring[][] };
    throw new Error(`${properties.name} is no area`);
  });
}
