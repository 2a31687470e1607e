import { element, setText } from "./element.js";

const quietMs = 15_000;

/**
 * A polite live region for screen readers. A result that moves four times a second is spoken at
 * most once in 15 seconds, always in its newest wording.
 */
export function announcer() {
  const node = element("p", { class: "unseen", "aria-live": "polite" });
  let latest = "";
  let spokenAt = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;

  const speak = () => {
    waiting = undefined;
    spokenAt = Date.now();
    setText(node, latest);
  };

  return {
    node,
    /** @param {string} text */
    say(text) {
      if (text === latest) return;
      latest = text;
      waiting ??= setTimeout(speak, Math.max(0, spokenAt + quietMs - Date.now()));
    },
  };
}
