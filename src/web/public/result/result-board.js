import { element, setText } from "../page/element.js";
import { formatCount, formatInteger, formatShare } from "../page/format.js";
import { choiceMark } from "./choice-mark.js";
import { choiceWords } from "./choice-words.js";
import { releaseWords } from "./release-words.js";
import { stackedBar } from "./stacked-bar.js";
import { shownChoices, countsOf } from "./tally-bars.js";
import { turnoutWords } from "./turnout-words.js";

/**
 * @import { ApiChoice, ApiTally, Counts, Turnout } from "../../contract.ts"
 * @import { Measure } from "./tally-bars.js"
 */

/** @typedef {Turnout & Pick<Counts, "release_min"> & { total: ApiTally, final: boolean }} BoardResult */

/** Up to here three figures stand beside each other on a phone too. */
const digitsOfThreeColumns = 5;

/**
 * The result as a picture: three exact figures and one bar.
 * @param {Measure} measure what decides; with weights, ballots are said beside it
 */
export function resultBoard(measure) {
  const figures = shownChoices.map((choice) => boardFigure(choice));
  const bar = stackedBar();
  const sum = element("p", { class: "board-sum" });
  const turnout = element("p", { class: "board-turnout" });
  const node = element(
    "div",
    { class: "board" },
    element("dl", { class: "figures" }, ...figures.map((figure) => figure.node)),
    bar.node,
    sum,
    turnout,
  );

  return {
    node,
    /** @param {BoardResult} result */
    show({ total: tally, ...result }) {
      const counts = countsOf(tally, measure);
      for (const figure of figures) {
        figure.show(
          counts[figure.choice],
          counts.all,
          measure === "weight" ? tally[figure.choice].ballots : null,
        );
      }
      const longest = Math.max(
        ...shownChoices.map((choice) => formatInteger(counts[choice]).length),
      );
      node.style.setProperty("--digits", String(Math.max(3, longest)));
      node.classList.toggle("wide", longest > digitsOfThreeColumns);
      bar.show(counts);
      setText(sum, sumWords(tally, measure, result));
      const words = turnoutWords(result, measure);
      setText(turnout, words ?? "");
      turnout.hidden = words === null;
    },
  };
}

/**
 * @param {ApiTally} tally
 * @param {Measure} measure
 * @param {Pick<BoardResult, "final" | "release_min">} result
 */
function sumWords(tally, measure, result) {
  const lag = releaseWords(result, tally.ballots);
  if (tally.ballots === 0)
    return lag ?? (result.final ? "No ballot was counted" : "No ballot has been counted yet");
  const ballots = formatCount(tally.ballots, "counted ballot");
  const sum =
    measure === "ballots"
      ? ballots
      : `Total weight ${formatInteger(BigInt(tally.weight))} from ${ballots}`;
  return lag === null ? sum : `${sum}. ${lag}`;
}

/**
 * What a screen reader says of a result.
 * @param {BoardResult} result
 * @param {Measure} measure
 */
export function spokenResult({ total: tally, ...result }, measure) {
  const counts = countsOf(tally, measure);
  const figures = shownChoices.map(
    (choice) => `${choiceWords[choice]} ${formatInteger(counts[choice])}`,
  );
  const turnout = turnoutWords(result, measure);
  return `${figures.join(", ")}. ${sumWords(tally, measure, result)}.${turnout === null ? "" : ` ${turnout}.`}`;
}

/** @param {ApiChoice} choice */
function boardFigure(choice) {
  const value = element("dd", { class: "figure-value" });
  const share = element("dd", { class: "figure-share" });
  const node = element(
    "div",
    { class: `figure ${choice}` },
    element("dt", { class: "figure-name" }, choiceMark(choice), choiceWords[choice]),
    value,
    share,
  );
  return {
    node,
    choice,
    /**
     * @param {bigint} count
     * @param {bigint} all
     * @param {number | null} ballots
     */
    show(count, all, ballots) {
      setText(value, formatInteger(count));
      const percentage = formatShare(count, all);
      setText(
        share,
        ballots === null ? percentage : `${percentage} · ${formatCount(ballots, "ballot")}`,
      );
    },
  };
}
