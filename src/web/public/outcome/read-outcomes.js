import { Refusal } from "../page/api.js";

/**
 * @import { ApiOutcome, ApiResults } from "../../contract.ts"
 *
 * @typedef {object} OutcomePorts
 * @property {() => Promise<ApiOutcome>} readOutcome
 * @property {(outcome: ApiOutcome) => void} show
 * @property {(act: () => void, ms: number) => void} setTimer
 */

/** The outcome is read again at most this often; the server shares one for a second. */
const readAgainMs = 2_000;

/**
 * Reads the outcome whenever the results have moved on. While counts are hidden there is none to be
 * had, and it is not asked for: the result itself says what it shows, in one piece with its
 * version, so nothing has to arrive in any order.
 * @param {OutcomePorts} ports
 */
export function readOutcomes({ readOutcome, show, setTimer }) {
  let shown = -1;
  let wanted = -1;
  let isBusy = false;
  let isFinal = false;

  const readOnce = async () => {
    // The server shares an answer for a second: it may be older than the results that are wanted.
    const outcome = await readOutcome();
    shown = outcome.version;
    isFinal = outcome.final;
    show(outcome);
  };
  const readSoon = () => {
    if (isBusy || isFinal || wanted <= shown) return;
    isBusy = true;
    readOnce()
      .catch((/** @type {unknown} */ error) => {
        // A refusal says that there is no outcome, and the panel stays away; without an answer it
        // is asked again.
        if (error instanceof Refusal && error.problem.status === 409) isFinal = true;
      })
      .finally(() => {
        setTimer(() => {
          isBusy = false;
          readSoon();
        }, readAgainMs);
      });
  };
  return {
    /** @param {Pick<ApiResults, "version" | "shows">} results the newest */
    follow({ version, shows }) {
      if (shows !== "counts") return;
      wanted = version;
      readSoon();
    },
  };
}
