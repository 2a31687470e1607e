import type { OpenAPIHono } from "@hono/zod-openapi";
import { isPublished } from "../../decision/readers.ts";
import { boundMap } from "../../map/bound-map.ts";
import { fitRegions } from "../../map/fit-regions.ts";
import { readGeoJson } from "../../map/read-geojson.ts";
import { MapRefused, type SmallMap } from "../../map/region-map.ts";
import type { RoomReply } from "../../ports/decisions.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { limits } from "../../shared/limits.ts";
import * as contract from "../contract/map.ts";
import { guarded } from "../middleware/credentials.ts";
import { geoJsonTypes, jsonBody } from "../middleware/json-body.ts";
import { Problem } from "../problem.ts";
import { isUnchanged } from "../responses/etag.ts";
import { knownReader, readerOf, requireDecision } from "./require-decision.ts";

/** The map of a decision's regions: drawn while it is a draft, and read. */
export function mapRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  const body = jsonBody(limits.mapBytesMax, geoJsonTypes);

  app.openapi(guarded(deps, contract.drawMapRoute, body), async (c) => {
    const { decisionId } = c.req.valid("param");
    const { region_property: regionProperty = null } = c.req.valid("query");
    const { draft, status } = await requireDecision(deps, decisionId, knownReader(c));
    if (status !== "draft") throw new Problem("decision.not_draft");
    const map = makeMap(c.req.valid("json"), regionProperty);
    const codes = draft.regions.map(({ code }) => code);
    const { missing, unknown } = fitRegions(map.regions, codes);
    if (unknown.length === map.regions.length) throw new Problem("map.other_regions");
    const kept = requireDrawn(await deps.decisions.drawMap(decisionId, map.text, c.get("actor")));
    const figures = {
      decision_id: decisionId,
      ...kept,
      positions: map.positions,
      islands_left_out: map.islandsLeftOut,
      missing_regions: missing,
      unknown_regions: unknown,
    };
    return c.json(figures, 200);
  });

  app.openapi(contract.readMapRoute, async (c) => {
    const { decisionId } = c.req.valid("param");
    const decision = await requireDecision(deps, decisionId, readerOf(deps, c));
    const etag = `"${decision.map?.hash}"`;
    const kept = `public, max-age=${limits.publicationCacheSeconds}, immutable`;
    // A draft's may be drawn anew, and is its owner's alone.
    const headers = { etag, "cache-control": isPublished(decision) ? kept : "no-store" };
    if (decision.map !== null && isUnchanged(c.req.header("if-none-match"), etag))
      return new Response(null, { status: 304, headers });
    const text = decision.map === null ? null : await deps.decisions.mapText(decisionId);
    if (text === null) throw new Problem("map.none");
    return new Response(text, { headers: { ...headers, "content-type": "application/json" } });
  });

  app.openapi(guarded(deps, contract.eraseMapRoute), async (c) => {
    const { decisionId } = c.req.valid("param");
    const { map, status } = await requireDecision(deps, decisionId, knownReader(c));
    if (status !== "draft") throw new Problem("decision.not_draft");
    if (map === null) throw new Problem("map.none");
    requireChanged(await deps.decisions.drawMap(decisionId, null, c.get("actor")));
    return c.body(null, 204);
  });
}

/** @throws {Problem} what is wrong with it, and where */
function makeMap(given: unknown, regionProperty: string | null): SmallMap {
  try {
    return boundMap(readGeoJson(given, { regionProperty }));
  } catch (error) {
    if (!(error instanceof MapRefused)) throw error;
    const { code, faults } = error;
    throw new Problem(code, faults.length === 0 ? {} : { errors: faults });
  }
}

function requireDrawn(reply: RoomReply) {
  const { map } = requireChanged(reply);
  if (map === null) throw new Problem("shard.unavailable");
  return map;
}

function requireChanged(reply: RoomReply) {
  if (reply.kind === "refused") throw new Problem(reply.code);
  if (reply.kind === "not_found") throw new Problem("decision.not_found");
  if (reply.kind === "unavailable") throw new Problem("shard.unavailable");
  return reply.decision;
}
