import { element } from "../page/element.js";

/**
 * Text in which what stands between backticks is code.
 * @param {string} text
 */
export function withCode(text) {
  return text
    .split("`")
    .map((part, index) => (index % 2 === 1 ? element("code", {}, part) : part))
    .filter((part) => part !== "");
}
