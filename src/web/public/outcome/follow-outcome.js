import { read, Refusal } from "../page/api.js";
import { decisionResource } from "../page/route.js";
import { outcomePanel } from "./outcome-panel.js";

/** @import { DecisionStatus, Outcome } from "../../contract.ts" */

/** The outcome is read again at most this often; the server shares one for a second. */
const readAgainMs = 2_000;

/**
 * The outcome of a decision, read whenever its results have moved on.
 * @param {string} id
 */
export function followOutcome(id) {
  const panel = outcomePanel();
  let shown = -1;
  let wanted = -1;
  let isBusy = false;
  let isFinal = false;

  const readOnce = async () => {
    /** @type {Outcome} */
    const outcome = await read(decisionResource(id, "/outcome"));
    shown = Math.max(outcome.version, wanted);
    isFinal = outcome.final;
    panel.show(outcome);
  };
  const readSoon = () => {
    if (isBusy || isFinal || wanted <= shown) return;
    isBusy = true;
    readOnce()
      .catch((/** @type {unknown} */ error) => {
        // A refusal says that there is no outcome, and the panel stays away; without an answer the next result asks again.
        if (error instanceof Refusal && error.problem.status === 409) isFinal = true;
      })
      .finally(() => {
        setTimeout(() => {
          isBusy = false;
          readSoon();
        }, readAgainMs);
      });
  };
  return {
    node: panel.node,
    /** @param {DecisionStatus} status */
    showStatus(status) {
      panel.showStatus(status);
    },
    /** @param {number} version the newest of the results */
    follow(version) {
      wanted = version;
      readSoon();
    },
  };
}
