import { button, element } from "../page/element.js";
import { changeWords, keepingWords } from "./change-words.js";
import { choiceMark } from "../result/choice-mark.js";
import { choiceWords } from "../result/choice-words.js";

/** @import { ApiChoice, ApiDecision } from "../../contract.ts" */

/**
 * Reads the vote back before it is sent.
 * @param {{ decision: ApiDecision, choice: ApiChoice, isStored: boolean, onConfirm: () => void,
 *   onBack: () => void }} options `isStored`: whether this browser keeps what a change needs
 */
export function confirmStep({ decision, choice, isStored, onConfirm, onBack }) {
  return element(
    "div",
    { class: "step" },
    element("p", { class: `read-back ${choice}` }, choiceMark(choice), choiceWords[choice]),
    element("p", {}, "on “", element("bdi", {}, decision.title), "”."),
    element("p", {}, changeWords(decision, isStored)),
    element("p", { class: "quiet-line" }, keepingWords(isStored)),
    element(
      "div",
      { class: "actions" },
      button(`Cast vote: ${choiceWords[choice]}`, onConfirm, "button strong"),
      button("Back", onBack),
    ),
  );
}
