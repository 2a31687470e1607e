import { button, element } from "../page/element.js";

/** @import { ApiDecision } from "../../contract.ts" */

/**
 * Asks once more before a vote is taken back.
 * @param {{ decision: ApiDecision, onConfirm: () => void, onBack: () => void }} options
 */
export function withdrawStep({ decision, onConfirm, onBack }) {
  return element(
    "div",
    { class: "step" },
    element("p", { class: "done" }, "Take your vote back?"),
    element("p", {}, "On “", element("bdi", {}, decision.title), "”."),
    element(
      "p",
      { class: "quiet-line" },
      "Nothing of yours is counted from then on. You can vote again until voting closes.",
    ),
    element(
      "div",
      { class: "actions" },
      button("Take my vote back", onConfirm, "button strong"),
      button("Keep it", onBack),
    ),
  );
}
