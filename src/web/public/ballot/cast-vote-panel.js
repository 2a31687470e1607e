import { element } from "../page/element.js";
import { recordedStep, refusedStep, sendingStep, unsettledStep } from "./answer-steps.js";
import { attemptWords } from "./attempt-words.js";
import { choiceStep } from "./choice-step.js";
import { confirmStep } from "./confirm-step.js";
import { drawNonce } from "./draw-nonce.js";
import { explainRefusal } from "./explain-refusal.js";
import { otherDecisionStep } from "./other-decision-step.js";
import { sendVote } from "./send-vote.js";
import { takeTokenFromAddress } from "./take-token.js";
import { tokenStep } from "./token-step.js";
import { withdrawStep } from "./withdraw-step.js";

/**
 * @import { ApiChoice, ApiDecision, ApiDecisionStatus } from "../../contract.ts"
 * @import { BallotToken } from "./ballot-token.js"
 * @import { SendPorts, VoteAnswer, VoteAttempt } from "./send-vote.js"
 */

/**
 * The way of one vote through the page: token, choice, confirmation, sending, receipt. Token and
 * attempt live in this object's private fields and nowhere else.
 */
export class CastVotePanel {
  #heading = element("h2", { id: "ballot-title", tabindex: "-1" }, "Cast your vote");
  #place = element("div");
  /** @type {BallotToken | null} */
  #ballot = null;
  /** @type {VoteAttempt | null} the attempt that has no clear answer yet */
  #unsettled = null;
  /** @type {string | null} the r of the newest ballot that was cast here */
  #proof = null;
  #isAnswered = false;
  #decision;

  node = element(
    "section",
    { class: "ballot", "aria-labelledby": "ballot-title" },
    this.#heading,
    this.#place,
  );

  /** @param {ApiDecision} decision */
  constructor(decision) {
    this.#decision = decision;
    this.#askToken();
    this.#takeFromAddress();
    addEventListener("hashchange", () => this.#takeFromAddress());
    addEventListener("beforeunload", (event) => {
      // The nonce that makes sending again safe would be lost with the page.
      if (this.#unsettled !== null) event.preventDefault();
    });
  }

  /**
   * Shows the panel while voting is open. A voter whose vote is under way, or whose receipt is on
   * the screen, keeps it after that.
   * @param {ApiDecisionStatus} status
   */
  showStatus(status) {
    const isKept = this.#unsettled !== null || this.#isAnswered;
    this.node.hidden = status !== "open" && !isKept;
  }

  #takeFromAddress() {
    const token = takeTokenFromAddress();
    if (token !== null && this.#unsettled === null) this.#takeToken(token);
  }

  /** @param {string | null} [problem] */
  #askToken(problem = null) {
    this.#ballot = null;
    this.#show(tokenStep({ problem, onToken: (token) => this.#takeToken(token) }));
  }

  /** @param {BallotToken} token */
  #takeToken(token) {
    if (token.claims.decisionId !== this.#decision.id) {
      const onOtherToken = () => this.#askToken();
      this.#show(otherDecisionStep({ ballot: token, onOtherToken }));
    } else if (token.claims.expiresAt <= Date.now()) {
      this.#askToken("This ballot token has expired. Ask the organiser for a new one.");
    } else {
      this.#ballot = token;
      this.#askChoice(null);
    }
  }

  /** @param {ApiChoice | null} chosen */
  #askChoice(chosen) {
    if (this.#ballot === null) return this.#askToken();
    const { claims } = this.#ballot;
    this.#show(
      choiceStep({
        decision: this.#decision,
        claims,
        chosen,
        onChoice: (choice) => this.#confirm(choice),
        onWithdraw: () => this.#confirmWithdrawal(() => this.#askChoice(chosen)),
        onOtherToken: () => this.#askToken(),
      }),
    );
  }

  /** @param {ApiChoice} choice */
  #confirm(choice) {
    const onConfirm = () => this.#attempt(choice);
    const onBack = () => this.#askChoice(choice);
    this.#show(confirmStep({ decision: this.#decision, choice, onConfirm, onBack }));
  }

  /** @param {() => void} onBack */
  #confirmWithdrawal(onBack) {
    const onConfirm = () => this.#attempt("withdrawn");
    this.#show(withdrawStep({ decision: this.#decision, onConfirm, onBack }));
  }

  /** @param {VoteAttempt["choice"]} choice */
  #attempt(choice) {
    if (this.#ballot === null) return this.#askToken();
    const { token } = this.#ballot;
    // One press of the button is one attempt: every sending of it carries this nonce.
    const vote = { decisionId: this.#decision.id, choice, token };
    const attempt = { ...vote, nonce: drawNonce(), proof: this.#proof };
    void this.#send(attempt, false);
  }

  /**
   * @param {VoteAttempt} attempt
   * @param {boolean} mayBeRecorded
   */
  async #send(attempt, mayBeRecorded) {
    this.#unsettled = attempt;
    const words = attemptWords(attempt.choice);
    const onSending = (/** @type {number} */ sending) => this.#show(sendingStep(words, sending));
    const answer = await sendVote(attempt, browserPorts, { mayBeRecorded, onSending });
    if (answer.kind === "recorded" || answer.kind === "refused") this.#unsettled = null;
    if (answer.kind === "recorded") this.#proof = answer.receipt.r;
    this.#isAnswered = true;
    this.#show(this.#answerStep(answer, attempt));
  }

  /**
   * @param {VoteAnswer} answer
   * @param {VoteAttempt} attempt
   */
  #answerStep(answer, attempt) {
    const decision = this.#decision;
    const words = attemptWords(attempt.choice);
    const chosen = attempt.choice === "withdrawn" ? null : attempt.choice;
    const onChoice = () => this.#askChoice(chosen);
    if (answer.kind === "recorded") {
      const { receipt } = answer;
      const isRevisable = decision.revote_policy === "revisable";
      const onChange = isRevisable ? onChoice : null;
      const onBack = () => this.#show(this.#answerStep(answer, attempt));
      const onWithdraw =
        isRevisable && chosen !== null ? () => this.#confirmWithdrawal(onBack) : null;
      return recordedStep({ receipt, decision, words, onChange, onWithdraw });
    }
    if (answer.kind === "refused") {
      const explanation = explainRefusal(answer.problem, answer.isDoubtful);
      return refusedStep({ explanation, onToken: () => this.#askToken(), onChoice });
    }
    const isBusy = answer.kind === "busy";
    return unsettledStep({ words, isBusy, onRetry: () => void this.#send(attempt, !isBusy) });
  }

  /** @param {HTMLElement} step */
  #show(step) {
    const isReplacing = this.#place.contains(document.activeElement);
    this.#place.replaceChildren(step);
    // A step that vanishes under the keyboard would drop its user to the top of the page.
    if (isReplacing) this.#heading.focus();
  }
}

/** @type {SendPorts} */
const browserPorts = {
  fetch: (path, init) => fetch(path, init),
  sleep: (ms) => new Promise((wake) => setTimeout(wake, ms)),
  random: () => Math.random(),
};
