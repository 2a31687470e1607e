/**
 * @import { Ageless, ApiResults, ResultsDelta } from "../../contract.ts"
 * @typedef {Ageless<ApiResults>} HeldResults A result without its age, which grows while it is
 *   held: see server-clock.js.
 * @typedef {{ kind: "newer", results: HeldResults } | { kind: "stale" } | { kind: "gap" }} Merged
 */

/**
 * Takes a whole result. An older version than the one held is `stale`: one reader never sees a
 * result go backwards.
 * @param {HeldResults | null} held
 * @param {HeldResults} state
 * @returns {Merged}
 */
export function mergeState(held, state) {
  return held !== null && isOlder(state, held)
    ? { kind: "stale" }
    : { kind: "newer", results: state };
}

/**
 * Takes a delta. Its figures are absolute, so one that overlaps what is held is safe; one that
 * begins after it leaves regions unknown, or shows something else, and is a `gap`: the whole result
 * must be asked for again.
 * @param {HeldResults} held
 * @param {ResultsDelta} delta
 * @returns {Merged}
 */
export function mergeDelta(held, delta) {
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

/**
 * Of one version the newer time stands, and nothing takes back that a result is final.
 * @param {HeldResults} offered
 * @param {HeldResults} held
 */
function isOlder(offered, held) {
  if (offered.version !== held.version) return offered.version < held.version;
  if (offered.final !== held.final) return held.final;
  return Date.parse(offered.as_of) < Date.parse(held.as_of);
}

/**
 * @template {{ region: string }} Cell
 * @param {{ regions: Cell[] }} held
 * @param {{ regions: Cell[] }} delta
 */
function mergeRegions(held, delta) {
  const byRegion = new Map(held.regions.map((cell) => [cell.region, cell]));
  for (const cell of delta.regions) byRegion.set(cell.region, cell);
  return [...byRegion.values()];
}
