import { element } from "../page/element.js";
import { choiceWords } from "../result/choice-words.js";
import { recordedStep, refusedStep, sendingStep, unsettledStep } from "./answer-steps.js";
import { choiceStep } from "./choice-step.js";
import { confirmStep } from "./confirm-step.js";
import { explainRefusal } from "./explain-refusal.js";
import { otherDecisionStep } from "./other-decision-step.js";
import { sendVote } from "./send-vote.js";
import { takeTokenFromAddress } from "./take-token.js";
import { tokenStep } from "./token-step.js";

/**
 * @import { Choice, Decision, DecisionStatus } from "../../contract.ts"
 * @import { BallotToken } from "./ballot-token.js"
 * @import { SendPorts, VoteAnswer, VoteAttempt } from "./send-vote.js"
 */

/**
 * The way of one vote through the page: token, choice, confirmation, sending, receipt. Token and attempt live in this object's
 * private fields and nowhere else.
 */
export class CastVotePanel {
  #heading = element("h2", { id: "ballot-title", tabindex: "-1" }, "Cast your vote");
  #place = element("div");
  /** @type {BallotToken | null} */
  #ballot = null;
  /** @type {VoteAttempt | null} the attempt that has no clear answer yet */
  #unsettled = null;
  #isAnswered = false;
  #decision;

  node = element(
    "section",
    { class: "ballot", "aria-labelledby": "ballot-title" },
    this.#heading,
    this.#place,
  );

  /** @param {Decision} decision */
  constructor(decision) {
    this.#decision = decision;
    this.#askToken();
    this.#takeFromAddress();
    addEventListener("hashchange", () => this.#takeFromAddress());
    addEventListener("beforeunload", (event) => {
      // The key that makes sending again safe would be lost with the page.
      if (this.#unsettled !== null) event.preventDefault();
    });
  }

  /**
   * Shows the panel while voting is open. A voter whose vote is under way, or whose receipt is on the screen, keeps it after that.
   * @param {DecisionStatus} status
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

  /** @param {Choice | null} chosen */
  #askChoice(chosen) {
    if (this.#ballot === null) return this.#askToken();
    const { claims } = this.#ballot;
    this.#show(
      choiceStep({
        decision: this.#decision,
        claims,
        chosen,
        onChoice: (choice) => this.#confirm(choice),
        onOtherToken: () => this.#askToken(),
      }),
    );
  }

  /** @param {Choice} choice */
  #confirm(choice) {
    if (this.#ballot === null) return this.#askToken();
    const { token } = this.#ballot;
    const decision = this.#decision;
    const onConfirm = () => {
      // One press of this button is one attempt: every sending of it carries this key.
      const attempt = { decisionId: decision.id, choice, token, key: crypto.randomUUID() };
      void this.#send(attempt, false);
    };
    this.#show(confirmStep({ decision, choice, onConfirm, onBack: () => this.#askChoice(choice) }));
  }

  /**
   * @param {VoteAttempt} attempt
   * @param {boolean} mayBeRecorded
   */
  async #send(attempt, mayBeRecorded) {
    this.#unsettled = attempt;
    const onSending = (/** @type {number} */ sending) => this.#show(sendingStep(sending));
    const answer = await sendVote(attempt, browserPorts, { mayBeRecorded, onSending });
    if (answer.kind === "recorded" || answer.kind === "refused") this.#unsettled = null;
    this.#isAnswered = true;
    this.#show(this.#answerStep(answer, attempt));
  }

  /**
   * @param {VoteAnswer} answer
   * @param {VoteAttempt} attempt
   */
  #answerStep(answer, attempt) {
    const { title, revote_policy: policy } = this.#decision;
    const onChoice = () => this.#askChoice(attempt.choice);
    if (answer.kind === "recorded") {
      const onChange = policy === "revisable" ? onChoice : null;
      const choiceWord = choiceWords[attempt.choice];
      return recordedStep({ receipt: answer.receipt, title, choiceWord, onChange });
    }
    if (answer.kind === "refused") {
      const explanation = explainRefusal(answer.problem, answer.isDoubtful);
      return refusedStep({ explanation, title, onToken: () => this.#askToken(), onChoice });
    }
    const isBusy = answer.kind === "busy";
    return unsettledStep({ isBusy, onRetry: () => void this.#send(attempt, !isBusy) });
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
