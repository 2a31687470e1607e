import { read } from "../page/api.js";
import { element, setText } from "../page/element.js";
import { decisionResource } from "../page/route.js";
import { isOver } from "../decision/status.js";
import {
  mismatchStep,
  recordedStep,
  refusedStep,
  sendingStep,
  unsettledStep,
} from "./answer-steps.js";
import { attemptWords } from "./attempt-words.js";
import { checkReceipt, ReceiptMismatch } from "./check-receipt.js";
import { choiceStep } from "./choice-step.js";
import { confirmStep } from "./confirm-step.js";
import { drawNonce } from "./draw-nonce.js";
import { explainRefusal } from "./explain-refusal.js";
import { browserStorage, fingerprintOf, KeptBallots } from "./kept-ballots.js";
import { keptStep } from "./kept-step.js";
import { otherDecisionStep } from "./other-decision-step.js";
import { askOwnVote } from "./own-vote.js";
import { proofField } from "./proof-field.js";
import { sendVote } from "./send-vote.js";
import { statementField } from "./statement-field.js";
import { takeTokenFromAddress } from "./take-token.js";
import { tokenStep } from "./token-step.js";
import { withdrawStep } from "./withdraw-step.js";

/**
 * @import { ApiChoice, ApiDecision, ApiDecisionStatus, ApiReceipt, ApiSigningKey } from "../../contract.ts"
 * @import { BallotToken } from "./ballot-token.js"
 * @import { PublishedPage } from "./find-ballot.js"
 * @import { KeptBallot } from "./kept-ballots.js"
 * @import { SendPorts, VoteAnswer, VoteAttempt } from "./send-vote.js"
 */

/**
 * The way of one vote through the page: token, choice, confirmation, sending, receipt. The token
 * lives in this object's private fields and nowhere else; what else a repeat, a check and a change
 * need is kept by this browser before the vote is sent.
 */
export class CastVotePanel {
  #heading = element("h2", { id: "ballot-title", tabindex: "-1" }, "Cast your vote");
  #place = element("div");
  /** @type {BallotToken | null} */
  #ballot = null;
  /** Of that token. */
  #fingerprint = "";
  /** @type {VoteAttempt | null} the attempt that has no clear answer yet */
  #unsettled = null;
  /** @type {string | null} the r of a ballot that was cast elsewhere, as the voter gave it */
  #givenProof = null;
  /** The reasons as they were written last: they outlive a look back, and a change of the vote. */
  #written = "";
  #isStored = true;
  #isAnswered = false;
  #kept;
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
    const storage = browserStorage();
    this.#kept = new KeptBallots(storage, decision.id);
    this.#isStored = storage !== null;
    this.#askToken();
    this.#takeFromAddress();
    addEventListener("hashchange", () => this.#takeFromAddress());
    addEventListener("beforeunload", (event) => {
      // The nonce that makes sending again safe would be lost with the page.
      if (this.#unsettled !== null && !this.#isStored) event.preventDefault();
    });
  }

  /**
   * Shows the panel while voting is open. A voter whose vote is under way, or whose receipt is on
   * the screen, keeps it after that; once it is over, whoever voted in this browser finds the
   * ballots.
   * @param {ApiDecisionStatus} status
   */
  showStatus(status) {
    this.#decision = { ...this.#decision, status };
    const voters = isOver(status) ? this.#kept.ballots().filter(({ length }) => length > 0) : [];
    if (voters.length > 0 && this.#unsettled === null) {
      setText(this.#heading, "Your ballots");
      this.#show(keptStep({ voters, decision: this.#decision, lists: this.#lists() }));
      this.node.hidden = false;
      return;
    }
    const isKept = this.#unsettled !== null || this.#isAnswered;
    this.node.hidden = status !== "open" && !isKept;
  }

  #lists() {
    const { id } = this.#decision;
    /** @type {(list: string) => (page: number) => Promise<PublishedPage>} */
    const pagesOf = (list) => (page) => read(decisionResource(id, `${list}?page=${page}`));
    return { counted: pagesOf("/votes"), others: pagesOf("/votes/others") };
  }

  #takeFromAddress() {
    const token = takeTokenFromAddress();
    if (token !== null && this.#unsettled === null) void this.#takeToken(token);
  }

  /** @param {string | null} [problem] */
  #askToken(problem = null) {
    this.#ballot = null;
    this.#givenProof = null;
    this.#written = "";
    // Elsewhere browsers check nothing (WebCrypto is for secure contexts).
    const why = isSecureContext
      ? problem
      : "Open this page by https: over http a browser checks no receipt.";
    this.#show(tokenStep({ problem: why, onToken: (token) => void this.#takeToken(token) }));
  }

  /** @param {BallotToken} token */
  async #takeToken(token) {
    if (!isSecureContext) return this.#askToken();
    if (token.claims.decisionId !== this.#decision.id) {
      const onOtherToken = () => this.#askToken();
      this.#show(otherDecisionStep({ ballot: token, onOtherToken }));
    } else if (token.claims.expiresAt <= Date.now()) {
      this.#askToken("This ballot token has expired. Ask the organiser for a new one.");
    } else {
      this.#ballot = token;
      this.#written = "";
      this.#fingerprint = await fingerprintOf(token.token);
      this.#resume(token);
    }
  }

  /**
   * Goes on where the same token left off: a vote without an answer is sent again as it was.
   * @param {BallotToken} token
   */
  #resume({ token }) {
    const { pending, ballots } = this.#kept.voter(this.#fingerprint);
    const newest = ballots.at(-1);
    if (pending !== null) {
      void this.#send({ decisionId: this.#decision.id, token, ...pending }, true);
    } else if (newest !== undefined) this.#showRecorded(newest);
    else this.#askChoice(null);
  }

  /** @param {ApiChoice | null} chosen */
  #askChoice(chosen) {
    if (this.#ballot === null) return this.#askToken();
    const { claims } = this.#ballot;
    const isRevisable = this.#decision.revote_policy === "revisable";
    const isRollCall = this.#decision.disclosure === "roll_call";
    const reasons = isRollCall ? statementField(this.#written) : null;
    const field = isRevisable && this.#newest() === undefined ? proofField() : null;
    /** @param {() => void} goOn */
    const withProof = (goOn) => {
      const proof = field === null ? null : field.read();
      if (proof === undefined) return;
      this.#givenProof = proof;
      this.#written = reasons?.written() ?? "";
      goOn();
    };
    /** @param {ApiChoice} choice */
    const review = (choice) => {
      const statement = reasons === null ? null : reasons.read();
      if (statement !== undefined) withProof(() => this.#confirm(choice, statement));
    };
    this.#show(
      choiceStep({
        decision: this.#decision,
        claims,
        chosen,
        reasons: reasons?.node ?? null,
        elsewhere: field?.node ?? null,
        onChoice: review,
        onWithdraw: () => withProof(() => this.#confirmWithdrawal(() => this.#askChoice(chosen))),
        onOtherToken: () => this.#askToken(),
      }),
    );
  }

  /**
   * @param {ApiChoice} choice
   * @param {string | null} statement
   */
  #confirm(choice, statement) {
    const onConfirm = () => this.#attempt(choice, statement);
    const onBack = () => this.#askChoice(choice);
    const [decision, isStored] = [this.#decision, this.#isStored];
    const name = this.#ballot?.claims.name ?? null;
    this.#show(confirmStep({ decision, choice, statement, name, isStored, onConfirm, onBack }));
  }

  /** @param {() => void} onBack */
  #confirmWithdrawal(onBack) {
    const onConfirm = () => this.#attempt("withdrawn", null);
    this.#show(withdrawStep({ decision: this.#decision, onConfirm, onBack }));
  }

  /**
   * @param {VoteAttempt["choice"]} choice
   * @param {string | null} statement
   */
  #attempt(choice, statement) {
    if (this.#ballot === null) return this.#askToken();
    const { token } = this.#ballot;
    // One press of the button is one attempt: every sending of it carries this nonce.
    const vote = { decisionId: this.#decision.id, choice, token };
    const proof = this.#newest()?.receipt.r ?? this.#givenProof;
    const attempt = { ...vote, nonce: drawNonce(), proof, statement };
    this.#isStored = this.#kept.keepPending(this.#fingerprint, attempt);
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
    this.#isAnswered = true;
    if (answer.kind === "recorded") return this.#record(answer.receipt, attempt);
    if (answer.kind === "refused" && !answer.isDoubtful) {
      this.#kept.dropPending(this.#fingerprint);
    }
    this.#show(this.#answerStep(answer, attempt));
  }

  /**
   * Says "recorded" only of what was sent.
   * @param {ApiReceipt} receipt
   * @param {VoteAttempt} attempt
   */
  async #record(receipt, attempt) {
    const { choice, nonce, decisionId } = attempt;
    const sent = { decisionId, choice, nonce, ...this.#knownCell() };
    const keys = await readSigningKeys();
    try {
      const check = await checkReceipt(receipt, sent, keys);
      const key = keys?.find(({ kid }) => kid === receipt.key_id);
      const publicKey = check === "verified" && key !== undefined ? key.x : null;
      const ballot = { choice, nonce, receipt, publicKey };
      this.#isStored = this.#kept.keepBallot(this.#fingerprint, ballot);
      this.#showRecorded(ballot);
    } catch (error) {
      if (!(error instanceof ReceiptMismatch)) throw error;
      const onRetry = () => void this.#send(attempt, true);
      const ballot = { choice, nonce, receipt, publicKey: null };
      const reason = error.message;
      this.#show(mismatchStep({ reason, ballot, title: this.#decision.title, onRetry }));
    }
  }

  /** Where there is a roll it says region and weight, and the voter's token does not. */
  #knownCell() {
    if (this.#ballot === null || this.#decision.electorate !== "open") return {};
    const { region, weight } = this.#ballot.claims;
    return { cell: { region: region ?? "", weight } };
  }

  #newest() {
    return this.#kept.voter(this.#fingerprint).ballots.at(-1);
  }

  /** @param {KeptBallot} ballot */
  #showRecorded(ballot) {
    const decision = this.#decision;
    this.#isAnswered = true;
    const chosen = ballot.choice === "withdrawn" ? null : ballot.choice;
    const isRevisable = decision.revote_policy === "revisable" && decision.status === "open";
    const onChange = isRevisable ? () => this.#askChoice(chosen) : null;
    const onBack = () => this.#showRecorded(ballot);
    const onWithdraw =
      isRevisable && chosen !== null ? () => this.#confirmWithdrawal(onBack) : null;
    const onForget = () => {
      this.#kept.forget(this.#fingerprint);
      this.#isAnswered = false;
      this.#askToken();
    };
    const token = this.#ballot?.token;
    const { receipt } = ballot;
    const onAsk =
      chosen !== null && token !== undefined
        ? () => askOwnVote({ token, receipt }, browserPorts.fetch)
        : null;
    const words = attemptWords(ballot.choice);
    this.#show(recordedStep({ ballot, decision, words, onAsk, onChange, onWithdraw, onForget }));
  }

  /**
   * @param {Exclude<VoteAnswer, { kind: "recorded" }>} answer
   * @param {VoteAttempt} attempt
   */
  #answerStep(answer, attempt) {
    const words = attemptWords(attempt.choice);
    const chosen = attempt.choice === "withdrawn" ? null : attempt.choice;
    const onChoice = () => this.#askChoice(chosen);
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

/** @returns {Promise<readonly ApiSigningKey[] | null>} null where they can't be read now */
async function readSigningKeys() {
  try {
    /** @type {{ keys: readonly ApiSigningKey[] }} */
    const { keys } = await read("/.well-known/enviro-governance/keys");
    return keys;
  } catch {
    return null;
  }
}

/** @type {SendPorts} */
const browserPorts = {
  fetch: (path, init) => fetch(path, init),
  sleep: (ms) => new Promise((wake) => setTimeout(wake, ms)),
  random: () => Math.random(),
};
