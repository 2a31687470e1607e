import { button, element } from "../page/element.js";
import { ownVoteCheck } from "./own-vote.js";
import { downloadButton, receiptCard } from "./receipt-card.js";

/**
 * @import { attemptWords } from "./attempt-words.js"
 * @import { ApiDecision } from "../../contract.ts"
 * @import { Explanation } from "./explain-refusal.js"
 * @import { KeptBallot } from "./kept-ballots.js"
 * @import { OwnVoteAnswer } from "./own-vote.js"
 */

/** @typedef {ReturnType<typeof attemptWords>} AttemptWords */

/**
 * While a vote is under way.
 * @param {AttemptWords} words
 * @param {number} sending which try, from 1
 */
export function sendingStep(words, sending) {
  return element(
    "div",
    { class: "step", role: "status" },
    element(
      "p",
      { class: "busy" },
      sending === 1 ? words.sending : `No clear answer yet. Sending it again (try ${sending})…`,
    ),
    element("p", { class: "quiet-line" }, "However often it is sent, it is counted once."),
  );
}

/**
 * @param {{ ballot: KeptBallot, decision: ApiDecision, words: AttemptWords,
 *   onAsk: (() => Promise<OwnVoteAnswer>) | null, onChange: (() => void) | null,
 *   onWithdraw: (() => void) | null, onForget: () => void }} options `onAsk` where it may be counted,
 *   `onChange` and `onWithdraw` where the vote may still be changed or taken back
 */
export function recordedStep({ ballot, decision, words, onAsk, onChange, onWithdraw, onForget }) {
  return element(
    "div",
    { class: "step" },
    element("p", { class: "done" }, words.recorded),
    receiptCard(ballot, decision.title),
    onAsk === null ? null : ownVoteCheck(onAsk),
    element(
      "div",
      { class: "actions" },
      onChange === null ? null : button(words.again, onChange),
      onWithdraw === null ? null : button("Take my vote back", onWithdraw),
    ),
    button("Remove my vote and receipt from this browser", onForget, "link"),
  );
}

/**
 * There is an answer, and it is not of the vote that was sent.
 * @param {{ reason: string, ballot: KeptBallot, title: string, onRetry: () => void }} options
 */
export function mismatchStep({ reason, ballot, title, onRetry }) {
  return element(
    "div",
    { class: "step", role: "alert" },
    element("p", { class: "done" }, "The receipt does not fit your vote"),
    element("p", {}, reason),
    element(
      "p",
      {},
      "Do not take your vote for recorded. Download what was answered, and show it to the organiser and to somebody whom you trust; it holds your choice too.",
    ),
    element(
      "div",
      { class: "actions" },
      downloadButton(ballot, title),
      button("Send it again", onRetry),
    ),
  );
}

/**
 * @param {{ explanation: Explanation, onToken: () => void, onChoice: () => void }} options
 */
export function refusedStep({ explanation, onToken, onChoice }) {
  const { next } = explanation;
  return element(
    "div",
    { class: "step", role: "alert" },
    element("p", { class: "done" }, explanation.title),
    element("p", {}, explanation.text),
    next === "token" ? button("Enter another token", onToken, "button strong") : null,
    next === "choice" ? button("Back to my ballot", onChoice, "button strong") : null,
  );
}

/**
 * No clear answer came, or only that the server is busy.
 * @param {{ words: AttemptWords, isBusy: boolean, onRetry: () => void }} options
 */
export function unsettledStep({ words, isBusy, onRetry }) {
  return element(
    "div",
    { class: "step", role: "alert" },
    element("p", { class: "done" }, isBusy ? words.busy : words.unknown),
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
