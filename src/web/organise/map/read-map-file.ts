import { boundMap, parseMap } from "../../../map/bound-map.ts";
import { fitRegions } from "../../../map/fit-regions.ts";
import { readGeoJson } from "../../../map/read-geojson.ts";
import {
  MapRefused,
  type MapFault,
  type MapRefusal,
  type RegionShape,
} from "../../../map/region-map.ts";
import { shapesOfMap } from "../../../map/shapes-of-map.ts";
import { limits } from "../../../shared/limits.ts";

/** A file of GeoJSON that was read, and which members of its features may name regions. */
export interface MapFile {
  name: string;
  document: unknown;
  /** Best first. */
  naming: readonly RegionNaming[];
}

/** A member of the features, and how many of the decision's regions it names. */
export interface RegionNaming {
  /** Null for the feature's id. */
  property: string | null;
  named: number;
}

/** A file as it would be taken, or why it would not. */
export type MapPreview =
  | {
      kind: "fits";
      shapes: readonly RegionShape[];
      missing: readonly string[];
      unknown: readonly string[];
      islandsLeftOut: number;
    }
  | { kind: "refused"; code: MapFileRefusal; faults: readonly MapFault[] };

export type MapFileRefusal = MapRefusal | "not_json" | "too_large";

/** Properties of a feature that are looked at. */
const propertiesMax = 100;

/** Reads a file of a map. @throws {MapFileRefused} */
export function readMapFile(
  { name, bytes, text }: { name: string; bytes: number; text: string },
  codes: readonly string[],
): MapFile {
  if (bytes > limits.mapBytesMax) throw new MapFileRefused("too_large");
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new MapFileRefused("not_json");
  }
  return { name, document, naming: namingsOf(document, codes) };
}

/** A file that is no map at all. */
export class MapFileRefused extends Error {
  override readonly name = "MapFileRefused";
  readonly code: "not_json" | "too_large";

  constructor(code: "not_json" | "too_large") {
    super(code);
    this.code = code;
  }
}

/** What becomes of a file as the service would take it, by the same rules. */
export function previewMap(
  { document }: MapFile,
  property: string | null,
  codes: readonly string[],
): MapPreview {
  try {
    const { text, regions, islandsLeftOut } = boundMap(
      readGeoJson(document, { regionProperty: property }),
    );
    const { missing, unknown } = fitRegions(regions, codes);
    if (unknown.length === regions.length) throw new MapRefused("map.other_regions");
    const shapes = shapesOfMap(parseMap(text));
    return { kind: "fits", shapes, missing, unknown, islandsLeftOut };
  } catch (error) {
    if (!(error instanceof MapRefused)) throw error;
    return { kind: "refused", code: error.code, faults: error.faults };
  }
}

/** Which members of the features name regions of the decision; those that name most stand first. */
function namingsOf(document: unknown, codes: readonly string[]): RegionNaming[] {
  const known = new Set(codes);
  const found = new Map<string | null, Set<string>>([[null, new Set()]]);
  const note = (property: string | null, value: unknown): void => {
    const names = found.get(property) ?? new Set();
    if (found.size <= propertiesMax) found.set(property, names);
    if (typeof value !== "string" && typeof value !== "number") return;
    if (known.has(String(value))) names.add(String(value));
  };
  for (const feature of featuresOf(document)) {
    note(null, feature.id);
    for (const [property, value] of Object.entries(feature.properties ?? {})) note(property, value);
  }
  return [...found]
    .map(([property, names]) => ({ property, named: names.size }))
    .toSorted((a, b) => b.named - a.named);
}

interface LooseFeature {
  id?: unknown;
  properties?: Readonly<Record<string, unknown>> | null;
}

function featuresOf(document: unknown): readonly LooseFeature[] {
  const { features } = Object(document) as { features?: unknown };
  if (!Array.isArray(features)) return [];
  return features
    .slice(0, limits.mapFeaturesMax)
    .filter((each): each is LooseFeature => typeof each === "object" && each !== null);
}
