import { element } from "../page/element.js";
import { shownChoices, layoutBar, trackUnits } from "./tally-bars.js";

/** @import { Counts } from "./tally-bars.js" */

/**
 * A bar of three segments. The figures beside it say the same in text, so it is hidden from screen
 * readers.
 */
export function stackedBar() {
  const segments = shownChoices.map((choice) => ({
    choice,
    node: element("span", { class: `segment ${choice}` }),
  }));
  const node = element(
    "div",
    { class: "bar", "aria-hidden": "true" },
    ...segments.map((segment) => segment.node),
  );

  return {
    node,
    /**
     * @param {Counts} counts
     * @param {bigint} [scale] what a full track stands for; the counts' own sum when left out
     */
    show(counts, scale) {
      const widths = layoutBar(counts, scale);
      for (const segment of segments) {
        const width = widths[segment.choice];
        segment.node.style.inlineSize = `${(width * 100) / trackUnits}%`;
        segment.node.classList.toggle("filled", width > 0);
      }
    },
  };
}
