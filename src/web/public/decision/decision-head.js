import { element, setText } from "../page/element.js";
import { listAddress } from "../page/route.js";
import { description } from "./description.js";
import { hallLink } from "./hall-display.js";
import { statusBadge } from "./status.js";
import { windowWords } from "./window-words.js";

/** @import { ApiDecision } from "../../contract.ts" */

/** Longer titles, as resolutions have them, are set smaller. */
const longTitleCharacters = 90;

/**
 * The question and where it stands. Its words may be in any script, so they find their own
 * direction.
 * @param {ApiDecision} decision
 * @param {boolean} isHall
 */
export function decisionHead(decision, isHall) {
  const badge = element("div");
  const timing = element("span", { class: "timing" });
  const isLong = decision.title.length > longTitleCharacters;
  const node = element(
    "header",
    { class: "decision-head" },
    element(
      "nav",
      { class: "crumbs", "aria-label": "Breadcrumb" },
      element("a", { href: listAddress() }, "All decisions"),
      hallLink(decision.id, isHall),
    ),
    element("div", { class: "status-line" }, badge, timing),
    element(
      "div",
      { class: "question", dir: "auto" },
      element("h1", { class: isLong ? "long" : "" }, decision.title),
      decision.description === "" ? null : description(decision.description),
    ),
  );

  return {
    node,
    /** @param {ApiDecision} shown */
    showStatus({ status }) {
      badge.replaceChildren(statusBadge(status));
    },
    /**
     * @param {ApiDecision} shown
     * @param {number} now the server's time in ms
     */
    showTiming(shown, now) {
      setText(timing, windowWords(shown, now));
    },
  };
}
