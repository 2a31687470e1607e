import { limits } from "../../shared/limits.ts";
import type { ProblemTable } from "./problem-table.ts";

/** A map of a decision's regions that is not taken, or not there. */
export const mapProblems = {
  "map.none": {
    status: 404,
    title: "The decision has no map of its own",
    detail:
      "PUT one while it is a draft. Where regions are countries, pages draw them without one.",
  },
  "map.not_geojson": {
    status: 422,
    title: "The file is not GeoJSON of areas",
    detail:
      "`errors` says where it departs from RFC 7946: a FeatureCollection with a Polygon or MultiPolygon a region, which the feature's `id`, or the property named in `region_property`, names.",
  },
  "map.not_degrees": {
    status: 422,
    title: "The map's positions are not longitude and latitude",
    detail: "Save it in WGS 84 (EPSG:4326); it seems to be in metres or feet of a projection.",
  },
  "map.too_many_features": {
    status: 413,
    title: "The map has too many features",
    detail: `Send at most ${limits.mapFeaturesMax}: one a region, or a few.`,
  },
  "map.too_many_positions": {
    status: 413,
    title: "The map has too many positions",
    detail: `Simplify its lines to at most ${limits.mapPositionsMax} positions; it is shown some 1,000 pixels wide.`,
  },
  "map.too_detailed": {
    status: 413,
    title: "The map stays too large when it is simplified",
    detail: "Join small areas, or leave out islands and lakes.",
  },
  "map.other_regions": {
    status: 422,
    title: "The map has no region of the decision",
    detail:
      "The codes of its features are none of the decision's regions. Name the property that has them as `region_property`.",
  },
} satisfies ProblemTable;
