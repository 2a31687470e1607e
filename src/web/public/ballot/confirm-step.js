import { button, element } from "../page/element.js";
import { changeWords, keepingWords } from "./change-words.js";
import { choiceMark } from "../result/choice-mark.js";
import { choiceWords } from "../result/choice-words.js";

/** @import { ApiChoice, ApiDecision } from "../../contract.ts" */

/**
 * Reads the vote back before it is sent.
 * @typedef {object} ConfirmStepOptions
 * @property {ApiDecision} decision
 * @property {ApiChoice} choice
 * @property {string | null} statement
 * @property {string | null} name as the token has it
 * @property {boolean} isStored whether this browser keeps what a change needs
 * @property {() => void} onConfirm
 * @property {() => void} onBack
 * @param {ConfirmStepOptions} options
 */
export function confirmStep(options) {
  const { decision, choice, statement, name, isStored, onConfirm, onBack } = options;
  return element(
    "div",
    { class: "step" },
    element("p", { class: `read-back ${choice}` }, choiceMark(choice), choiceWords[choice]),
    element("p", {}, "on “", element("bdi", {}, decision.title), "”."),
    statement === null ? null : element("blockquote", { dir: "auto" }, statement),
    decision.disclosure === "roll_call" ? published(name, statement) : null,
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

/**
 * What everybody will see of it.
 * @param {string | null} name
 * @param {string | null} statement
 */
function published(name, statement) {
  const what = statement === null ? "Your vote is" : "Your vote and your reasons are";
  return name === null
    ? element("p", {}, `${what} published, this is a roll call.`)
    : element("p", {}, `${what} published beside your name, `, element("bdi", {}, name), ".");
}
