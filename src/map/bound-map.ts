import { quantize } from "topojson-client";
import { presimplify, simplify, sphericalTriangleArea } from "topojson-simplify";
import { limits } from "../shared/limits.ts";
import { keepLargestRings } from "./keep-largest-rings.ts";
import { MapRefused, type SmallMap, type RegionMap, type RegionShape } from "./region-map.ts";
import { shareBorders } from "./shared-borders.ts";

/** How large a map may become. */
export interface MapBounds {
  charactersMax: number;
  ringsMax: number;
}

const uploadBounds: MapBounds = {
  charactersMax: limits.mapCharactersMax,
  ringsMax: limits.mapRingsMax,
};

/**
 * Makes a map of regions small: borders that two regions share are kept once, positions stand on a
 * grid, and what nobody sees of a line goes first (Visvalingam and Whyatt, 1993). Every region stays.
 * @throws {MapRefused} map.too_detailed
 */
export function boundMap(
  shapes: readonly RegionShape[],
  { charactersMax, ringsMax }: MapBounds = uploadBounds,
): SmallMap {
  const { kept, islandsLeftOut } = keepLargestRings(shapes, ringsMax);
  const weighed = weighArcs(
    shareBorders(kept, {
      steps: limits.mapGridSteps,
      comparisonsMax: limits.mapComparisonsMax,
    }),
  );
  const weights = weighed.arcs
    .flatMap((arc) => arc.map((position) => position[2] ?? 0))
    .filter((weight) => Number.isFinite(weight))
    .toSorted((a, b) => b - a);
  const unseen = (extentOf(weighed) / limits.mapPictureSteps) ** 2;
  let share = weights.filter((weight) => weight >= unseen).length;
  for (let turn = 0; turn < limits.mapTurnsMax; turn += 1) {
    const least = share >= weights.length ? 0 : (weights[share] ?? 0);
    const map = quantize(simplify(weighed, Math.max(least, unseen)), limits.mapGridSteps);
    const text = JSON.stringify(map);
    if (text.length <= charactersMax) {
      const positions = map.arcs.reduce((sum, arc) => sum + arc.length, 0);
      return { text, regions: kept.map(({ region }) => region), positions, islandsLeftOut };
    }
    if (share === 0) break;
    // A little less than in proportion, so that the turns are few.
    share = Math.floor(share * Math.min(0.95, (charactersMax / text.length) * 0.97));
  }
  throw new MapRefused("map.too_detailed");
}

/** What `boundMap` has written. */
export function parseMap(text: string): RegionMap {
  return JSON.parse(text) as RegionMap;
}

/** What `presimplify` takes and gives. */
type PlainTopology = Parameters<typeof presimplify>[0];

/** A ring of its own keeps so many positions, and a line between two others one. */
const ringPositionsMin = 6;

/** Gives each position its weight; the heaviest of each arc are above all others, and stay. */
function weighArcs(map: PlainTopology): PlainTopology {
  const weighed = presimplify(map, sphericalTriangleArea);
  for (const arc of weighed.arcs) {
    const [first, last] = [arc[0], arc.at(-1)];
    const isRing = first?.[0] === last?.[0] && first?.[1] === last?.[1];
    const heaviest = arc
      .slice(1, -1)
      .toSorted((a, b) => (b[2] ?? 0) - (a[2] ?? 0))
      .slice(0, isRing ? ringPositionsMin : 1);
    for (const position of heaviest) position[2] = Number.POSITIVE_INFINITY;
  }
  return weighed;
}

/** The longer side of all positions, in radians. */
function extentOf({ arcs }: PlainTopology): number {
  const box = { left: 180, right: -180, bottom: 90, top: -90 };
  for (const arc of arcs) {
    for (const [x = 0, y = 0] of arc) {
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.bottom = Math.min(box.bottom, y);
      box.top = Math.max(box.top, y);
    }
  }
  const middle = Math.cos((((box.top + box.bottom) / 2) * Math.PI) / 180);
  const degrees = Math.max((box.right - box.left) * middle, box.top - box.bottom);
  return (Math.max(degrees, 0) * Math.PI) / 180;
}
