import { hasResults, isOver, statusBadge } from "../decision/status.js";
import { element, moment } from "../page/element.js";
import { formatDay, formatInteger } from "../page/format.js";
import { decisionAddress } from "../page/route.js";
import { choiceWords } from "../result/choice-words.js";
import { stackedBar } from "../result/stacked-bar.js";
import { shownChoices, countsOf } from "../result/tally-bars.js";
import { measureOf, votedWords } from "../result/turnout-words.js";

/** @import { ApiDecision, ApiResults } from "../../contract.ts" */

/**
 * One decision of the list, with room for its result.
 * @param {ApiDecision} decision
 */
export function decisionRow(decision) {
  const bar = stackedBar();
  const figures = element("p", { class: "row-figures" });
  const result = element("div", { class: "row-result" }, bar.node, figures);
  const node = element(
    "li",
    { class: "row" },
    element(
      "div",
      { class: "row-text" },
      element(
        "h2",
        {},
        element("a", { href: decisionAddress(decision.id) }, element("bdi", {}, decision.title)),
      ),
      element("p", { class: "row-meta" }, statusBadge(decision.status), dayOf(decision)),
    ),
    hasResults(decision.status) ? result : null,
  );
  return {
    node,
    decision,
    /** @param {ApiResults} results */
    show(results) {
      result.classList.add("shown");
      bar.node.hidden = results.shows !== "counts";
      if (results.shows !== "counts") {
        figures.replaceChildren(
          results.shows === "nothing" ? "Sealed until closing" : votedWords(results),
        );
        return;
      }
      const counts = countsOf(results.total, measureOf(decision));
      bar.show(counts);
      const words = shownChoices.map((choice) =>
        element(
          "span",
          {},
          `${formatInteger(counts[choice])} ${choiceWords[choice].toLowerCase()}`,
        ),
      );
      figures.replaceChildren(...(counts.all === 0n ? ["No ballot yet"] : words));
    },
  };
}

/** @param {ApiDecision} decision */
function dayOf(decision) {
  const { status, opens_at: opensAt, closes_at: closesAt, created_at: createdAt } = decision;
  const { closed_at: closedAt } = decision;
  if (status === "scheduled" && opensAt !== null) return day("Opens", opensAt);
  if (status === "open" && closesAt !== null) return day("Closes", closesAt);
  if (isOver(status) && closedAt !== null) return day("Closed", closedAt);
  return opensAt === null ? day("Created", createdAt) : day("Opened", opensAt);
}

/**
 * @param {string} word
 * @param {string} iso
 */
function day(word, iso) {
  return moment(iso, `${word} ${formatDay(iso)}`);
}
