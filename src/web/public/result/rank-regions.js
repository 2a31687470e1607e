import { countsOf } from "./tally-bars.js";

/**
 * @import { ApiRegion, ApiRegionTally, ApiTally, Turnout } from "../../contract.ts"
 * @import { Counts, Measure } from "./tally-bars.js"
 * @typedef {{ code: string, name: string, tally: ApiTally & Turnout, counts: Counts }} RankedRegion
 */

/** @type {ApiTally} */
const emptyTally = {
  yes: { ballots: 0, weight: "0" },
  no: { ballots: 0, weight: "0" },
  abstain: { ballots: 0, weight: "0" },
  ballots: 0,
  weight: "0",
};

/**
 * Every region of a decision with its tally, the largest first; regions without a ballot stand at
 * the end, by name.
 * @param {readonly ApiRegion[]} regions
 * @param {readonly ApiRegionTally[]} tallies
 * @param {Measure} measure
 * @returns {RankedRegion[]}
 */
export function rankRegions(regions, tallies, measure) {
  const tallyOf = new Map(tallies.map((tally) => [tally.region, tally]));
  return regions
    .map(({ code, name }) => {
      const tally = tallyOf.get(code) ?? emptyTally;
      return { code, name: name || code, tally, counts: countsOf(tally, measure) };
    })
    .toSorted((a, b) => {
      if (a.counts.all !== b.counts.all) return a.counts.all > b.counts.all ? -1 : 1;
      return a.name.localeCompare(b.name);
    });
}

/**
 * Keeps the regions whose name or code contains what was typed.
 * @param {readonly RankedRegion[]} ranked
 * @param {string} typed
 */
export function findRegions(ranked, typed) {
  const wanted = fold(typed.trim());
  if (wanted === "") return [...ranked];
  return ranked.filter(({ name, code }) => fold(name).includes(wanted) || fold(code) === wanted);
}

/** @param {string} text */
function fold(text) {
  return text
    .normalize("NFD")
    .replaceAll(/\p{Mn}/gu, "")
    .toLowerCase();
}
