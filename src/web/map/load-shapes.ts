import { parseMap } from "../../map/bound-map.ts";
import type { RegionShape } from "../../map/region-map.ts";
import { shapesOfMap } from "../../map/shapes-of-map.ts";
import { decisionResource } from "../api/queries.ts";
import { readProblem, Refusal } from "../api/read-api.ts";
import { toHex } from "../../shared/hex.ts";
import { numericCodeOf } from "./country-codes.ts";
import { findCountries, type NamedRegion } from "./find-countries.ts";

/** The decision whose regions are drawn. */
export interface MappedDecision {
  id: string;
  regions: readonly NamedRegion[];
  map: { hash: string } | null;
}

/** What is drawn of a decision, and whose borders they are. */
export interface MapShapes {
  shapes: readonly RegionShape[];
  source: "organiser" | "countries";
}

/** The frozen map and its hash do not go together: nothing of it is drawn. */
export class AlteredMap extends Error {
  override readonly name = "AlteredMap";
}

/**
 * Loads the map that the decision's organiser has drawn or, where its regions are countries, theirs;
 * null where they are neither.
 * @throws {Refusal} the API refused
 * @throws {AlteredMap} what was served is not what was frozen
 */
export async function loadShapes(decision: MappedDecision): Promise<MapShapes | null> {
  if (decision.map !== null) {
    const text = await readMapText(decision.id, decision.map.hash);
    return { shapes: shapesOfMap(parseMap(text)), source: "organiser" };
  }
  const countries = findCountries(decision.regions);
  if (countries === null) return null;
  const { default: world } = await import("world-countries");
  const codeOf = new Map(
    [...countries].map(([code, country]) => [numericCodeOf(country) ?? "", code] as const),
  );
  const shapes = shapesOfMap(parseMap(world)).map(({ region, polygons }) => ({
    region: codeOf.get(region) ?? `${landPrefix}${region}`,
    polygons,
  }));
  return { shapes, source: "countries" };
}

/** What no region's code begins with that a table could show. */
const landPrefix = "\0";

async function readMapText(id: string, hash: string): Promise<string> {
  const response = await fetch(decisionResource(id, "/map"), { credentials: "same-origin" });
  if (!response.ok) throw new Refusal(await readProblem(response));
  const bytes = await response.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  if (toHex(digest) !== hash) throw new AlteredMap("the map is not the one that was frozen");
  return new TextDecoder().decode(bytes);
}
