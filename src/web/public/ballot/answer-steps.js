import { button, element } from "../page/element.js";
import { receiptCard } from "./receipt-card.js";

/**
 * @import { Receipt } from "../../contract.ts"
 * @import { Explanation } from "./explain-refusal.js"
 */

/**
 * While a vote is under way.
 * @param {number} sending which try, from 1
 */
export function sendingStep(sending) {
  return element(
    "div",
    { class: "step", role: "status" },
    element(
      "p",
      { class: "busy" },
      sending === 1
        ? "Sending your vote…"
        : `No clear answer yet. Sending it again (try ${sending})…`,
    ),
    element(
      "p",
      { class: "quiet-line" },
      "Keep this page open. However often it is sent, it is counted once.",
    ),
  );
}

/**
 * @param {{ receipt: Receipt, title: string, choiceWord: string, onChange: (() => void) | null }} options
 *   `onChange` where the vote may still be changed
 */
export function recordedStep({ receipt, title, choiceWord, onChange }) {
  return element(
    "div",
    { class: "step" },
    element("p", { class: "done" }, `Your vote, ${choiceWord}, is recorded.`),
    receiptCard(receipt, title),
    onChange === null ? null : button("Change my vote", onChange),
  );
}

/**
 * @param {{ explanation: Explanation, title: string, onToken: () => void, onChoice: () => void }} options
 */
export function refusedStep({ explanation, title, onToken, onChoice }) {
  const { next, receipt } = explanation;
  return element(
    "div",
    { class: "step", role: "alert" },
    element("p", { class: "done" }, explanation.title),
    element("p", {}, explanation.text),
    receipt === null ? null : receiptCard(receipt, title),
    next === "token" ? button("Enter another token", onToken, "button strong") : null,
    next === "choice" ? button("Back to my ballot", onChoice, "button strong") : null,
  );
}

/**
 * No clear answer came, or only that the server is busy.
 * @param {{ isBusy: boolean, onRetry: () => void }} options
 */
export function unsettledStep({ isBusy, onRetry }) {
  return element(
    "div",
    { class: "step", role: "alert" },
    element(
      "p",
      { class: "done" },
      isBusy
        ? "The server is busy; your vote is not recorded yet"
        : "We don’t know yet whether your vote arrived",
    ),
    element(
      "p",
      {},
      isBusy
        ? "Too many people are voting at this moment. Wait a few seconds, then send it again."
        : "The connection broke before an answer came. It is safe to send it again: if it did arrive, you get its receipt, and it is counted once.",
    ),
    button("Send it again", onRetry, "button strong"),
  );
}
