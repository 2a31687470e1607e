import { button, element, setText } from "../page/element.js";

/** What stays above the fold of a phone beside the result. */
const shortCharacters = 320;

/**
 * The organiser's own words, folded where they are long.
 * @param {string} text
 */
export function description(text) {
  const words = element("p", { class: "description" }, text);
  if (text.length <= shortCharacters) return element("div", {}, words);
  words.classList.add("folded");
  const unfold = button("Read the full text", () => toggle(), "button quiet");
  unfold.setAttribute("aria-expanded", "false");
  const toggle = () => {
    const isFolded = words.classList.toggle("folded");
    unfold.setAttribute("aria-expanded", String(!isFolded));
    setText(unfold, isFolded ? "Read the full text" : "Show less");
  };
  return element("div", {}, words, unfold);
}
