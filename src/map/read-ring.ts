import type { FaultList } from "./fault-list.ts";
import type { Ring } from "./region-map.ts";

/** How a ring is wound where it is drawn: d3-geo has areas on the right hand of their rings. */
export type RingSide = "outer" | "hole";

/** Counts the positions of a map, and refuses one that has too many. */
export type CountPositions = (positions: number) => void;

/**
 * A linear ring (RFC 7946, 3.1.6), wound as it is drawn; null where it has a fault or no area. The
 * standard winds the other way round, and has readers take either.
 */
export function readRing(
  value: unknown,
  { pointer, faults, count, side }: RingContext,
): Ring | null {
  if (!Array.isArray(value)) {
    faults.add(pointer, "a list of positions");
    return null;
  }
  count(value.length);
  const ring: Ring = [];
  for (const [index, position] of value.entries()) {
    const read = readPosition(position, `${pointer}/${index}`, faults);
    if (read === null) return null;
    ring.push(read);
  }
  const fault = findRingFault(ring, value);
  if (fault !== null) {
    faults.add(pointer, fault);
    return null;
  }
  const area = signedArea(ring);
  if (area === 0) return null;
  const isWoundRight = side === "outer" ? area < 0 : area > 0;
  return isWoundRight ? ring : ring.toReversed();
}

/** Where a ring stands and what it is of. */
export interface RingContext {
  pointer: string;
  faults: FaultList;
  count: CountPositions;
  side: RingSide;
}

function readPosition(value: unknown, pointer: string, faults: FaultList): [number, number] | null {
  const isPosition =
    Array.isArray(value) &&
    (value.length === 2 || value.length === 3) &&
    value.every((each) => typeof each === "number" && Number.isFinite(each));
  if (!isPosition) {
    faults.add(pointer, "a position: longitude, latitude and, if need be, an altitude");
    return null;
  }
  const [longitude, latitude] = value as [number, number];
  if (Math.abs(longitude) > 180 || Math.abs(latitude) > 90) {
    faults.addBeyondDegrees(pointer);
    return null;
  }
  return [longitude, latitude];
}

function findRingFault(ring: Ring, given: readonly unknown[]): string | null {
  if (ring.length < 4) return "at least four positions, the last of them the first again";
  if (JSON.stringify(given[0]) !== JSON.stringify(given.at(-1)))
    return "a closed ring: its last position is its first again";
  const isLong = ring.some((here, index) => {
    const next = ring[index + 1];
    if (next === undefined || Math.abs(here[0] - next[0]) <= 180) return false;
    return Math.abs(here[1]) < 90 || here[1] !== next[1];
  });
  return isLong
    ? "no line across the antimeridian: cut the area there in two (RFC 7946, 3.1.9)"
    : null;
}

/** Twice the area of a ring in square degrees; positive where it runs against the clock. */
export function signedArea(ring: Ring): number {
  let area = 0;
  for (let index = 1; index < ring.length; index += 1) {
    const [x0 = 0, y0 = 0] = ring[index - 1] ?? [];
    const [x1 = 0, y1 = 0] = ring[index] ?? [];
    area += x0 * y1 - x1 * y0;
  }
  return area;
}
