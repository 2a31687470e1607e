import { element, setText } from "../page/element.js";
import { formatInteger, formatMoment } from "../page/format.js";
import { missingRegionsWords, releaseWords } from "./release-words.js";
import { turnoutWords, votedWords } from "./turnout-words.js";

/**
 * @import { ApiDecision, NothingYet, TurnoutOnly, Voted } from "../../contract.ts"
 * @import { Measure } from "./tally-bars.js"
 * @typedef {Omit<TurnoutOnly, "age_ms"> | Omit<NothingYet, "age_ms">} HiddenResults
 */

/**
 * What stands in a result's place while the decision shows less than its counts: how many have
 * voted, or that nothing is shown to anyone.
 * @param {Pick<ApiDecision, "regions" | "closes_at">} decision
 * @param {Measure} measure
 */
export function hiddenBoard(decision, measure) {
  const figure = element("p", { class: "hidden-figure" });
  const sum = element("p", { class: "hidden-sum" });
  const why = element("p", { class: "quiet-line" });
  const list = element("dl", { class: "hidden-regions" });
  const steps = element("p", { class: "quiet-line" });
  const node = element("div", { class: "board hidden-board" }, figure, sum, why, steps, list);

  return {
    node,
    /** @param {HiddenResults} result */
    show(result) {
      const isSealed = result.shows === "nothing";
      setText(figure, isSealed ? "Sealed" : formatInteger(result.turnout.voters));
      setText(sum, isSealed ? sealedWords(decision) : turnoutSum(result, measure));
      setText(why, hiddenReason(result));
      setText(steps, releaseNotes(decision, result));
      steps.hidden = steps.textContent === "";
      list.replaceChildren(...(isSealed ? [] : regionLines(decision, result, measure)));
      list.hidden = list.children.length === 0;
    },
  };
}

/**
 * What a screen reader says of it.
 * @param {HiddenResults} result
 * @param {Pick<ApiDecision, "closes_at">} decision
 * @param {Measure} measure
 */
export function spokenHidden(result, decision, measure) {
  const what = result.shows === "nothing" ? sealedWords(decision) : turnoutSum(result, measure);
  return `${what}. ${hiddenReason(result)}`;
}

/** @param {Pick<ApiDecision, "closes_at">} decision */
function sealedWords({ closes_at: closesAt }) {
  return closesAt === null
    ? "Results are sealed until the organiser closes the vote"
    : `Results are sealed until ${formatMoment(closesAt)}`;
}

/**
 * @param {Omit<TurnoutOnly, "age_ms">} result
 * @param {Measure} measure
 */
function turnoutSum(result, measure) {
  return turnoutWords(result, measure) ?? votedWords(result);
}

/**
 * How far turnout lags, and which regions have none yet.
 * @param {Pick<ApiDecision, "regions">} decision
 * @param {HiddenResults} result
 */
function releaseNotes({ regions }, result) {
  if (result.shows === "nothing") return "";
  const lag = releaseWords(result, result.turnout.voters);
  if (lag === null) return "";
  const missing = missingRegionsWords(result, regions.length - result.regions.length);
  return missing === null ? `${lag}.` : `${lag}. ${missing}`;
}

/** @param {HiddenResults} result */
function hiddenReason({ shows, status }) {
  if (status === "closing") return "Voting has ended; the result appears here in a moment.";
  return shows === "nothing"
    ? "Nobody sees votes or turnout before then, not even the organiser. The result appears here by itself."
    : "How they voted is shown to nobody before voting has closed. Then the result appears here by itself.";
}

/**
 * @param {Pick<ApiDecision, "regions">} decision
 * @param {Omit<TurnoutOnly, "age_ms">} result
 * @param {Measure} measure
 */
function regionLines({ regions }, { regions: cells }, measure) {
  const nameOf = new Map(regions.map(({ code, name }) => [code, name || code]));
  return cells.flatMap(({ region, ...voted }) =>
    line(nameOf.get(region) ?? region, voted, measure),
  );
}

/**
 * @param {string} name
 * @param {Voted} voted
 * @param {Measure} measure
 */
function line(name, voted, measure) {
  return [
    element("dt", {}, element("bdi", {}, name)),
    element("dd", {}, turnoutWords(voted, measure)?.replace("Turnout ", "") ?? votedWords(voted)),
  ];
}
