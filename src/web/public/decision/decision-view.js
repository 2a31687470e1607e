import { CastVotePanel } from "../ballot/cast-vote-panel.js";
import { read, Refusal } from "../page/api.js";
import { element } from "../page/element.js";
import { notice, readFailure } from "../page/notice.js";
import { followOutcome } from "../outcome/follow-outcome.js";
import { decisionResource, listAddress } from "../page/route.js";
import { awaitOpening } from "./await-opening.js";
import { decisionFacts } from "./decision-facts.js";
import { decisionHead } from "./decision-head.js";
import { decisionRecords } from "./decision-records.js";
import { followResults } from "./follow-results.js";
import { enterHall } from "./hall-display.js";
import { resultSection } from "./result-section.js";
import { keepCurrent } from "./keep-current.js";
import { publishedVotes } from "./published-votes.js";
import { hasResults } from "./status.js";

/**
 * @import { ApiDecision, ApiDecisionStatus, ApiResults } from "../../contract.ts"
 * @import { DecisionRoute } from "../page/route.js"
 */

const tickMs = 250;
const calmTickMs = 1_000;
const pageRows = 20;
/** What fits on a wall without scrolling. */
const hallRows = 9;

/**
 * Shows one decision in `root` and keeps it live.
 * @param {HTMLElement} root
 * @param {DecisionRoute} route
 */
export async function showDecision(root, route) {
  if (route.isHall) enterHall();
  try {
    /** @type {ApiDecision} */
    const decision = await read(decisionResource(route.id));
    document.title = `${decision.title} · Enviro-Governance`;
    layOut(root, decision, route.isHall);
  } catch (error) {
    root.replaceChildren(
      element("h1", { class: "unseen" }, "Decision"),
      decisionFailure(error, () => void showDecision(root, route)),
    );
  }
  root.removeAttribute("aria-busy");
}

/**
 * @param {HTMLElement} root
 * @param {ApiDecision} decision
 * @param {boolean} isHall
 */
function layOut(root, decision, isHall) {
  const head = decisionHead(decision, isHall);
  const result = resultSection(decision, isHall ? hallRows : pageRows);
  const resultContainer = element("div");
  const outcome = followOutcome(decision.id);
  const facts = element("div");
  const records = decisionRecords(decision.id);
  const votes = publishedVotes(decision);
  const ballot = new CastVotePanel(decision);

  /** @param {ApiDecisionStatus} shown */
  const showStatus = (shown) => {
    decision = { ...decision, status: shown };
    head.showStatus(decision);
    facts.replaceChildren(decisionFacts(decision));
    records.show(shown);
    votes.hidden = shown !== "certified" || decision.disclosure !== "roll_call";
    ballot.showStatus(shown);
    outcome.showStatus(shown);
    tick();
  };
  const current = keepCurrent({
    readDecision: () => read(decisionResource(decision.id)),
    show(latest) {
      const { status } = decision;
      decision = { ...latest, status };
      // How far it is, the result tells, and never goes back; of the certificate it says nothing.
      if (status === "closed" && latest.status === "certified") return showStatus("certified");
      facts.replaceChildren(decisionFacts(decision));
      tick();
    },
    setTimer: (act, ms) => setTimeout(act, ms),
    random: () => Math.random(),
  });
  const tick = () => {
    head.showTiming(decision, result.now());
    current.tick(decision, result.now());
    result.tick();
  };

  root.replaceChildren(
    element(
      "article",
      { class: "decision" },
      head.node,
      element("div", { class: "place-result" }, resultContainer, outcome.node),
      element(
        "div",
        { class: "side" },
        element("div", { class: "place-ballot" }, ballot.node),
        element("div", { class: "place-terms" }, facts, records.node),
      ),
      element("div", { class: "place-regions" }, result.regions, votes),
    ),
  );
  showStatus(decision.status);
  const view = { container: resultContainer, result, showStatus, onNews: outcome.follow };
  showLiveResult(decision, view);
  awaitOpening(decision, (opened) => {
    showStatus(opened.status);
    showLiveResult(opened, view);
  });
  setInterval(tick, matchMedia("(prefers-reduced-motion: reduce)").matches ? calmTickMs : tickMs);
}

/**
 * Where a live result is shown, and who hears of it.
 * @typedef {object} ResultView
 * @property {HTMLElement} container
 * @property {ReturnType<typeof resultSection>} result
 * @property {(status: ApiDecisionStatus) => void} showStatus
 * @property {(results: Pick<ApiResults, "version" | "shows">) => void} onNews
 */

/**
 * Puts the live result into its container, or says why there is none.
 * @param {ApiDecision} decision
 * @param {ResultView} view
 */
function showLiveResult(decision, view) {
  const { container, result, showStatus, onNews } = view;
  result.hideRegions();
  if (!hasResults(decision.status)) {
    container.replaceChildren(notice(noResult(decision.status)));
    return;
  }
  /** @type {ApiDecisionStatus} */
  let shown = decision.status;
  const live = followResults(decision.id, {
    onConnection: result.listener.onConnection,
    onResults(results, clock) {
      result.listener.onResults(results, clock);
      onNews(results);
      if (results.status === shown) return;
      shown = results.status;
      showStatus(shown);
      if (hasResults(shown)) return;
      live.stop();
      showLiveResult({ ...decision, status: shown }, view);
    },
  });
  container.replaceChildren(result.node);
  live.start().catch((/** @type {unknown} */ error) => {
    live.stop();
    container.replaceChildren(
      readFailure(error, "The result", () => showLiveResult(decision, view)),
    );
  });
}

/** @param {ApiDecisionStatus} status */
function noResult(status) {
  return status === "cancelled"
    ? { title: "Cancelled", text: "The organiser ended this decision without a result." }
    : { title: "No result yet", text: "The result appears here, live, as soon as voting opens." };
}

/**
 * @param {unknown} error
 * @param {() => void} onRetry
 */
function decisionFailure(error, onRetry) {
  if (!(error instanceof Refusal) || error.problem.status !== 404) {
    return readFailure(error, "This decision", onRetry);
  }
  return notice({
    title: "There is no such decision",
    text: "The address may be mistyped, or the decision may not be public. Ask whoever sent it to you, or look through the list.",
    action: element("a", { class: "button", href: listAddress() }, "All decisions"),
    isProblem: true,
  });
}
