import { element, setText } from "../page/element.js";
import { formatInteger } from "../page/format.js";
import { choiceWords } from "./choice-words.js";
import { stackedBar } from "./stacked-bar.js";
import { shownChoices } from "./tally-bars.js";
import { countedWords } from "./turnout-words.js";

/**
 * @import { ApiTally } from "../../contract.ts"
 * @import { RankedRegion } from "./rank-regions.js"
 * @import { Measure } from "./tally-bars.js"
 */

/**
 * One region: its name, its bar, its exact figures. The roles are written out, since some browsers
 * forget a table's own once a narrow screen lays it out as a grid.
 * @param {RankedRegion} region
 * @param {Measure} measure
 */
export function regionRow(region, measure) {
  const bar = stackedBar();
  /** @type {ApiTally | null} */
  let shownTally = null;
  let shownScale = 0n;
  const cells = shownChoices.map((choice) => ({
    choice,
    node: element("td", {
      role: "cell",
      class: `count ${choice}`,
      "data-label": choiceWords[choice],
    }),
  }));
  const all = element("td", { role: "cell", class: "count all" });
  const node = element(
    "tr",
    { role: "row" },
    element("th", { role: "rowheader", scope: "row" }, element("bdi", {}, region.name)),
    element("td", { role: "cell", class: "bar-cell" }, bar.node),
    ...cells.map((cell) => cell.node),
    all,
  );

  return {
    node,
    /**
     * @param {RankedRegion} shown
     * @param {bigint} scale what a full track stands for
     */
    show({ tally, counts }, scale) {
      // Merging keeps the tallies that did not change, so most rows of a long table have nothing to
      // do.
      if (tally === shownTally && scale === shownScale) return;
      shownTally = tally;
      shownScale = scale;
      for (const { choice, node: cell } of cells) setText(cell, formatInteger(counts[choice]));
      setText(all, countedWords(counts.all, tally, measure));
      node.classList.toggle("empty", counts.all === 0n);
      bar.show(counts, scale);
    },
  };
}
