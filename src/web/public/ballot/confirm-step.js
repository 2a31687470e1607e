import { button, element } from "../page/element.js";
import { choiceMark } from "../result/choice-mark.js";
import { choiceWords } from "../result/choice-words.js";

/** @import { ApiChoice, ApiDecision } from "../../contract.ts" */

/**
 * Reads the vote back before it is sent.
 * @param {{ decision: ApiDecision, choice: ApiChoice, onConfirm: () => void, onBack: () => void }} options
 */
export function confirmStep({ decision, choice, onConfirm, onBack }) {
  return element(
    "div",
    { class: "step" },
    element("p", { class: `read-back ${choice}` }, choiceMark(choice), choiceWords[choice]),
    element("p", {}, "on “", element("bdi", {}, decision.title), "”."),
    element(
      "p",
      { class: "quiet-line" },
      decision.revote_policy === "final"
        ? "Once cast, it can’t be changed."
        : "You can change it or take it back until voting closes; the newest ballot counts.",
    ),
    element(
      "div",
      { class: "actions" },
      button(`Cast vote: ${choiceWords[choice]}`, onConfirm, "button strong"),
      button("Back", onBack),
    ),
  );
}
