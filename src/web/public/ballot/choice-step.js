import { button, element, setText } from "../page/element.js";
import { formatInteger, formatMoment } from "../page/format.js";
import { choiceMark } from "../result/choice-mark.js";
import { choiceWords } from "../result/choice-words.js";
import { shownChoices } from "../result/tally-bars.js";

/**
 * @import { ApiChoice, ApiDecision } from "../../contract.ts"
 * @import { TokenClaims } from "./ballot-token.js"
 */

/**
 * The ballot itself: three boxes, one mark.
 * @typedef {object} ChoiceStepOptions
 * @property {ApiDecision} decision
 * @property {TokenClaims} claims
 * @property {ApiChoice | null} chosen
 * @property {HTMLElement | null} reasons takes a statement
 * @property {HTMLElement | null} elsewhere takes the proof of a vote that was cast elsewhere
 * @property {(choice: ApiChoice) => void} onChoice
 * @property {() => void} onWithdraw
 * @property {() => void} onOtherToken
 * @param {ChoiceStepOptions} options
 */
export function choiceStep(options) {
  const { decision, claims, chosen, reasons, elsewhere } = options;
  const { onChoice, onWithdraw, onOtherToken } = options;
  const boxes = shownChoices.map((choice) => {
    const input = element("input", {
      type: "radio",
      name: "vote",
      value: choice,
      checked: choice === chosen,
    });
    return {
      choice,
      input,
      node: element(
        "label",
        { class: `choice ${choice}` },
        input,
        choiceMark(choice),
        choiceWords[choice],
      ),
    };
  });
  const complaint = element("p", { class: "complaint", role: "alert" });
  const form = element(
    "form",
    { class: "step", novalidate: true },
    element(
      "fieldset",
      { class: "choices" },
      element("legend", {}, "Your vote"),
      ...boxes.map((box) => box.node),
    ),
    complaint,
    reasons,
    elsewhere,
    element("button", { type: "submit", class: "button strong" }, "Review"),
    element("p", { class: "quiet-line" }, tokenWords(decision, claims)),
    decision.revote_policy === "revisable"
      ? button("Take back a vote that I cast before", onWithdraw, "link")
      : null,
    button("Use another token", onOtherToken, "link"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const marked = boxes.find((box) => box.input.checked);
    if (marked !== undefined) return onChoice(marked.choice);
    setText(complaint, "Choose one of the three first.");
    boxes[0]?.input.focus();
  });
  return form;
}

/**
 * @param {ApiDecision} decision
 * @param {TokenClaims} claims
 */
function tokenWords(decision, { region, weight, expiresAt }) {
  const name = decision.regions.find(({ code }) => code === region)?.name || region;
  const granted = [
    ...(name === null ? [] : [`Region: ${name}`]),
    ...(weight === 1 ? [] : [`weight ${formatInteger(weight)}`]),
  ];
  const parts = [
    // Where there is a roll it decides, whatever the token says.
    ...(decision.electorate === "open" ? granted : ["Region and weight as the roll says"]),
    `token good until ${formatMoment(new Date(expiresAt).toISOString())}`,
  ];
  const words = parts.join(", ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
