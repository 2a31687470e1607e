import { z } from "@hono/zod-openapi";
import { limits } from "../../shared/limits.ts";
import { decisionParams, jsonContent, keySecurity, readerSecurity } from "./common.ts";
import { route } from "./route.ts";

const path = "/api/v1/decisions/{decisionId}/map";

/** What is wrong in it is told by `readGeoJson`, at its place. */
const geoJsonSchema = z.record(z.string(), z.unknown());

const mapFigures = z
  .object({
    decision_id: z.string(),
    hash: z.string().openapi({ description: "SHA-256 of what GET answers, byte for byte" }),
    bytes: z.int(),
    positions: z.int().openapi({ description: "Of all lines, once it is simplified" }),
    islands_left_out: z.int().openapi({ description: "Areas too small to be kept" }),
    missing_regions: z.array(z.string()).openapi({
      description: "Regions of the decision that are not on the map: they stand in the table alone",
    }),
    unknown_regions: z.array(z.string()).openapi({
      description: "Areas of the map that are no region of the decision: they are drawn as land",
    }),
  })
  .openapi("MapFigures");

export const drawMapRoute = route({
  method: "put",
  path,
  summary: "Draw the map of a draft's regions, in place of the one before",
  description:
    `A GeoJSON FeatureCollection (RFC 7946) of at most ${limits.mapBytesMax} bytes, ${limits.mapFeaturesMax} features and ${limits.mapPositionsMax} positions, ` +
    "each a Polygon or MultiPolygon. It is simplified and kept as TopoJSON; properties are left out. Opening the decision freezes its SHA-256 into the manifest.",
  security: keySecurity("admin", "organiser"),
  request: {
    params: decisionParams,
    query: z.object({
      region_property: z.string().min(1).max(limits.regionNameCharactersMax).optional().openapi({
        description:
          "The member of each feature's `properties` that is its region's code; left out, its `id` is",
      }),
    }),
    body: {
      required: true,
      content: {
        "application/geo+json": { schema: geoJsonSchema },
        "application/json": { schema: geoJsonSchema },
      },
    },
  },
  errors: [
    "decision.not_draft",
    "map.not_geojson",
    "map.not_degrees",
    "map.too_many_features",
    "map.too_many_positions",
    "map.too_detailed",
    "map.other_regions",
    "shard.unavailable",
  ],
  responses: { 200: jsonContent(mapFigures, "In force") },
});

export const readMapRoute = route({
  method: "get",
  path,
  security: readerSecurity,
  summary: "Read the map of a decision's regions",
  description:
    "Quantised TopoJSON whose object `regions` has a MultiPolygon a region, with the region's code as `id`. Its bytes are what `map.hash` of the decision and its manifest is of.",
  request: { params: decisionParams },
  errors: ["map.none"],
  responses: {
    200: jsonContent(
      z
        .object({
          type: z.literal("Topology"),
          bbox: z.array(z.number()).length(4),
          transform: z.object({
            scale: z.array(z.number()).length(2),
            translate: z.array(z.number()).length(2),
          }),
          objects: z.looseObject({
            regions: z.looseObject({
              type: z.literal("GeometryCollection"),
              geometries: z.array(
                z.looseObject({ type: z.literal("MultiPolygon"), id: z.string() }),
              ),
            }),
          }),
          arcs: z.array(z.array(z.array(z.number()))),
        })
        .openapi("RegionMap"),
      "The map",
    ),
    304: { description: "It is the map of the ETag in If-None-Match" },
  },
});

export const eraseMapRoute = route({
  method: "delete",
  path,
  summary: "Take the map of a draft's regions away",
  security: keySecurity("admin", "organiser"),
  request: { params: decisionParams },
  errors: ["decision.not_draft", "map.none", "shard.unavailable"],
  responses: { 204: { description: "The decision has no map of its own" } },
});
