import { button, element } from "./element.js";
import { Refusal } from "./api.js";

/**
 * A calm box that says what is the case and what to do next.
 * @param {{ title: string, text: string, action?: Node | null, isProblem?: boolean }} notice
 */
export function notice({ title, text, action = null, isProblem = false }) {
  return element(
    "div",
    { class: "notice", role: isProblem ? "alert" : "status" },
    element("p", { class: "notice-title" }, title),
    element("p", {}, text),
    action,
  );
}

/**
 * What to show when something could not be read.
 * @param {unknown} error
 * @param {string} what named in the sentence, as in "The decisions"
 * @param {() => void} onRetry
 */
export function readFailure(error, what, onRetry) {
  if (error instanceof Refusal && error.problem.status === 429) {
    return retryNotice(
      `${what} can’t be shown this second`,
      "There are too many requests right now. Wait a few seconds, then try again.",
      onRetry,
    );
  }
  if (error instanceof Refusal && error.problem.status < 500) {
    return notice({ title: `${what} can’t be shown`, text: error.message, isProblem: true });
  }
  return retryNotice(
    `${what} could not be reached`,
    error instanceof Refusal
      ? "The server is busy or being repaired. Nothing is lost. Try again in a moment."
      : "No answer came from the server. Check your connection, then try again.",
    onRetry,
  );
}

/**
 * @param {string} title
 * @param {string} text
 * @param {() => void} onRetry
 */
function retryNotice(title, text, onRetry) {
  return notice({ title, text, action: button("Try again", onRetry), isProblem: true });
}
