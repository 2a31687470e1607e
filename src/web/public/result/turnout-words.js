import { formatCount, formatInteger, formatShare } from "../page/format.js";

/**
 * @import { ApiDecision, Turnout } from "../../contract.ts"
 * @import { Measure } from "./tally-bars.js"
 */

/**
 * What decides: with a roll, whether a voter on it weighs more than one; else whether a ballot may.
 * @param {ApiDecision} decision
 * @returns {Measure}
 */
export function measureOf({ roll, weight_max: weightMax }) {
  const isWeighted = roll === null ? weightMax > 1 : BigInt(roll.weight) > BigInt(roll.voters);
  return isWeighted ? "weight" : "ballots";
}

/**
 * Who has voted of those on the roll, or null where there is none.
 * @param {Turnout} result
 * @param {Measure} measure
 */
export function turnoutWords({ electorate, turnout }, measure) {
  if (electorate === undefined || turnout === undefined) return null;
  const share = formatShare(BigInt(turnout.voters), BigInt(electorate.voters));
  const voters = `Turnout ${share}: ${formatInteger(turnout.voters)} of ${formatCount(electorate.voters, "voter")}`;
  if (measure === "ballots") return voters;
  const [voted, all] = [BigInt(turnout.weight), BigInt(electorate.weight)];
  return `${voters}; by weight ${formatShare(voted, all)}, ${formatInteger(voted)} of ${formatInteger(all)}`;
}

/**
 * How many have voted where nobody knows of how many.
 * @param {{ turnout?: { voters: number } }} result
 */
export function votedWords({ turnout }) {
  const voters = turnout?.voters ?? 0;
  return voters === 1 ? "1 voter has voted" : `${formatInteger(voters)} voters have voted`;
}

/**
 * A region's counted ballots or weight and, where there is a roll, those of all its voters: "12 of
 * 54".
 * @param {bigint} counted
 * @param {Turnout} tally
 * @param {Measure} measure
 */
export function countedWords(counted, { electorate }, measure) {
  if (electorate === undefined) return formatInteger(counted);
  const all = measure === "weight" ? BigInt(electorate.weight) : electorate.voters;
  return `${formatInteger(counted)} of ${formatInteger(all)}`;
}
