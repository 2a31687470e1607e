import { read } from "../page/api.js";
import { decisionResource } from "../page/route.js";
import { outcomePanel } from "./outcome-panel.js";
import { readOutcomes } from "./read-outcomes.js";

/** @import { ApiDecisionStatus, ApiResults } from "../../contract.ts" */

/**
 * The outcome of a decision, shown as its results move on.
 * @param {string} id
 */
export function followOutcome(id) {
  const panel = outcomePanel();
  const outcomes = readOutcomes({
    readOutcome: () => read(decisionResource(id, "/outcome")),
    show: (outcome) => panel.show(outcome),
    setTimer: (act, ms) => setTimeout(act, ms),
  });
  /** @param {ApiDecisionStatus} status */
  const showStatus = (status) => panel.showStatus(status);
  /** @param {Pick<ApiResults, "version" | "shows">} results */
  const follow = (results) => outcomes.follow(results);
  return { node: panel.node, showStatus, follow };
}
