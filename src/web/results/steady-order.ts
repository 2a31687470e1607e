import type { RankedRegion } from "./rank-regions.ts";

/** Where each region stands, by its code. */
export type RegionPlaces = ReadonlyMap<string, number>;

/** The places of regions in their order. */
export function placesOf(ranked: readonly RankedRegion[]): RegionPlaces {
  return new Map(ranked.map(({ code }, place) => [code, place]));
}

/** Regions in the places they had, with their newest figures; one that had none stands at the end. */
export function inPlaces(
  ranked: readonly RankedRegion[],
  places: RegionPlaces,
): readonly RankedRegion[] {
  const placeOf = ({ code }: RankedRegion): number => places.get(code) ?? places.size;
  return ranked.toSorted((a, b) => placeOf(a) - placeOf(b));
}
