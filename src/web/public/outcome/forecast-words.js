import { formatInteger } from "../page/format.js";
import { countsByRegion } from "./counts-by-region.js";

/**
 * @import { Least, ApiOutcome, ApiVerdict } from "../../contract.ts"
 *
 * @typedef {NonNullable<ApiOutcome["forecast"]>} Forecast
 */

/** @type {Record<ApiVerdict | "undecided", string>} */
const verdictWords = {
  carried: "Carried",
  not_carried: "Not carried",
  no_quorum: "No quorum",
  tie: "A tie: not carried",
  undecided: "Undecided",
};

/**
 * The verdict in words, and why where nobody said yes or no at all.
 * @param {Pick<ApiOutcome, "tally">} outcome
 * @param {ApiVerdict | "undecided"} said
 */
export function verdictText({ tally: { total } }, said) {
  const isNobody = total.yes.ballots === 0 && total.no.ballots === 0;
  const why = said === "not_carried" && isNobody ? ": nobody voted for or against" : "";
  return `${verdictWords[said]}${why}`;
}

/** Regions that are named one by one; more are counted. */
const regionsNamed = 4;

/**
 * What is still needed while a decision is open, or how near it was once it is closed; null where
 * nothing is known.
 * @param {Pick<ApiOutcome, "final" | "forecast" | "rule">} outcome
 */
export function forecastWords({ final, forecast, rule }) {
  if (forecast === null) return null;
  const isOpen = !final && forecast.certainty === "open";
  const abstentions = isOpen || final ? abstentionWords(forecast, final) : null;
  const sentences = [neededWords({ final, forecast, rule }), abstentions];
  const said = sentences.filter((sentence) => sentence !== null);
  return said.length === 0 ? null : said.join(" ");
}

/**
 * @param {{ final: boolean, forecast: Forecast, rule: ApiOutcome["rule"] }} outcome
 */
function neededWords({ final, forecast, rule }) {
  const noun = forecast.counted_by === "weight" ? "weight" : "votes";
  // Where the rule counts the whole alone, one region serves as well as another, and the one that
  // the search took means nothing.
  const inRegions = countsByRegion(rule) ? regionWords : () => "";
  if (final) return switchWords(forecast, noun, inRegions);
  if (forecast.certainty === "carried")
    return "No vote still to come can change it: it is carried.";
  if (forecast.certainty === "lost") return "No vote still to come can carry it any more.";
  const further = forecast.further_yes;
  if (further?.result === "met") return "As it stands it would be carried.";
  if (further?.result === "impossible")
    return "The yes votes that are left are too few to carry it.";
  if (further?.reason === "too_much_work")
    return "How many votes it still needs takes too long to work out.";
  if (further?.result !== "found") return null;
  const yes = noun === "weight" ? `Yes of weight ${amount(further)} more` : moreYes(further);
  return `${yes}${inRegions(further)} would carry it, if nobody else voted.`;
}

/**
 * @param {Forecast} forecast
 * @param {boolean} isFinal
 */
function abstentionWords({ abstain_to_yes: least, counted_by: countedBy }, isFinal) {
  if (least?.result !== "found") return null;
  const who =
    countedBy === "weight"
      ? `Abstentions of weight ${amount(least)}`
      : least.votes === "1"
        ? "One abstention"
        : `${amount(least)} abstentions`;
  return `${who} changed to yes would ${isFinal ? "have carried" : "carry"} it.`;
}

/** @param {Least} further */
function moreYes(further) {
  return further.votes === "1" ? "One more yes" : `${amount(further)} more yes votes`;
}

/**
 * @param {Forecast} forecast
 * @param {string} noun
 * @param {(least: Least) => string} inRegions
 */
function switchWords({ no_to_yes: toYes, yes_to_no: toNo }, noun, inRegions) {
  if (toYes?.result === "found") {
    return `${switched(toYes, noun)} from no to yes${inRegions(toYes)} would have carried it.`;
  }
  if (toNo?.result === "found") {
    return `${switched(toNo, noun)} from yes to no${inRegions(toNo)} would have stopped it.`;
  }
  return null;
}

/**
 * @param {Least} least
 * @param {string} noun
 */
function switched(least, noun) {
  if (noun === "weight") return `Weight ${amount(least)}`;
  return least.votes === "1" ? "One vote" : `${amount(least)} votes`;
}

/** @param {Least} least */
function amount({ votes, exact }) {
  return `${exact ? "" : "at most "}${formatInteger(BigInt(votes ?? "0"))}`;
}

/** @param {Least} least */
function regionWords({ regions }) {
  const named = regions.filter(({ region }) => region !== "");
  if (named.length === 0) return "";
  if (named.length > regionsNamed) return ` in ${formatInteger(named.length)} regions`;
  const list = named.map(({ region, votes }) => `${formatInteger(BigInt(votes))} in ${region}`);
  return ` (${list.join(", ")})`;
}
