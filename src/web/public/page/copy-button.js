import { button, setText } from "./element.js";

const confirmationMs = 2_000;

/**
 * A button that copies a text and says so.
 * @param {string} label
 * @param {string} text
 */
export function copyButton(label, text) {
  const made = button(label, () => void copy(), "button quiet");
  made.setAttribute("aria-live", "polite");

  const copy = async () => {
    const isCopied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    setText(made, isCopied ? "Copied" : "Copying is not allowed here");
    setTimeout(() => setText(made, label), confirmationMs);
  };
  return made;
}
