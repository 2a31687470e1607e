import type { Ageless, ApiResults, ResultsDelta } from "../contract.ts";

/** A result without its age, which grows while it is held: see server-clock.ts. */
export type HeldResults = Ageless<ApiResults>;

export type Merged = { kind: "newer"; results: HeldResults } | { kind: "stale" } | { kind: "gap" };

/**
 * Takes a whole result. An older version than the one held is `stale`: one reader never sees a
 * result go backwards.
 */
export function mergeState(held: HeldResults | null, state: HeldResults): Merged {
  return held !== null && isOlder(state, held)
    ? { kind: "stale" }
    : { kind: "newer", results: state };
}

/**
 * Takes a delta. Its figures are absolute, so one that overlaps what is held is safe; one that
 * begins after it leaves regions unknown, or shows something else, and is a `gap`: the whole result
 * must be asked for again.
 */
export function mergeDelta(held: HeldResults, delta: ResultsDelta): Merged {
  if (isOlder(delta, held)) return { kind: "stale" };
  if (delta.from > held.version) return { kind: "gap" };
  if (delta.shows === "counts" && held.shows === "counts") {
    const { from: _from, ...results } = delta;
    return { kind: "newer", results: { ...results, regions: mergeRegions(held, delta) } };
  }
  if (delta.shows === "turnout" && held.shows === "turnout") {
    const { from: _from, ...results } = delta;
    return { kind: "newer", results: { ...results, regions: mergeRegions(held, delta) } };
  }
  return { kind: "gap" };
}

/** Of one version the newer time stands, and nothing takes back that a result is final. */
function isOlder(offered: HeldResults | ResultsDelta, held: HeldResults): boolean {
  if (offered.version !== held.version) return offered.version < held.version;
  if (offered.final !== held.final) return held.final;
  return Date.parse(offered.as_of) < Date.parse(held.as_of);
}

function mergeRegions<Cell extends { region: string }>(
  held: { regions: Cell[] },
  delta: { regions: Cell[] },
): Cell[] {
  const byRegion = new Map(held.regions.map((cell) => [cell.region, cell]));
  for (const cell of delta.regions) byRegion.set(cell.region, cell);
  return [...byRegion.values()];
}
