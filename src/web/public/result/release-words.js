import { formatCount } from "../page/format.js";

/** @import { Counts } from "../../contract.ts" */

/**
 * In words, how far figures lag before the close outside roll calls; null where every vote moves
 * them, and after the close.
 * @param {Pick<Counts, "release_min">} result
 * @param {number} shown ballots or voters that are shown
 */
export function releaseWords({ release_min: releaseMin }, shown) {
  if (releaseMin === undefined) return null;
  const voters = formatCount(releaseMin, "new voter");
  return shown === 0
    ? `Nothing is shown yet: the first figures appear once twice ${voters} have voted`
    : `Shown in steps of at least ${voters}, one step behind`;
}

/**
 * In words, why regions have no row; null where every region has one.
 * @param {Pick<Counts, "release_min" | "status">} result
 * @param {number} missing how many regions have no figures
 */
export function missingRegionsWords({ release_min: releaseMin, status }, missing) {
  if (missing === 0) return null;
  const regions = formatCount(missing, "region");
  if (releaseMin !== undefined)
    return `Not shown yet: ${regions} in which too few have voted so far.`;
  return status === "closed"
    ? `Not shown yet: ${regions}. Figures by region follow when the decision is certified.`
    : `Not shown: ${regions} with too few voters to hide a single vote among.`;
}
