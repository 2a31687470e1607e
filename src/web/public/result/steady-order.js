/** @import { RankedRegion } from "./rank-regions.js" */

/**
 * Holds an order still for a while, so that two regions that overtake each other with every vote do
 * not dance. Figures and bars stay exact meanwhile; only their places wait.
 * @param {number} restMs how long an order stands
 * @param {() => void} onDue called once an order that was held back may be taken
 * @returns {(ranked: RankedRegion[]) => RankedRegion[]}
 */
export function steadyOrder(restMs, onDue) {
  /** @type {Map<string, number>} */
  let places = new Map();
  let takenAt = -Infinity;
  let isDueSet = false;

  return (ranked) => {
    const restedMs = Date.now() - takenAt;
    if (restedMs >= restMs) {
      places = new Map(ranked.map(({ code }, place) => [code, place]));
      takenAt = Date.now();
      return ranked;
    }
    if (!isDueSet) {
      isDueSet = true;
      setTimeout(() => {
        isDueSet = false;
        onDue();
      }, restMs - restedMs);
    }
    return ranked.toSorted((a, b) => (places.get(a.code) ?? 0) - (places.get(b.code) ?? 0));
  };
}
