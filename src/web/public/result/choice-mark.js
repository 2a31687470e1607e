/** @import { ApiChoice } from "../../contract.ts" */

const svg = "http://www.w3.org/2000/svg";

/** A tick, a cross and a bar: choices differ in shape, not in colour alone. */
const strokes = {
  yes: "M4 8.5 7 11.5 12.5 5",
  no: "M5 5 11 11M11 5 5 11",
  abstain: "M4.5 8 11.5 8",
};

/**
 * The mark that stands for a choice beside its name.
 * @param {ApiChoice} choice
 */
export function choiceMark(choice) {
  const mark = document.createElementNS(svg, "svg");
  mark.setAttribute("viewBox", "0 0 16 16");
  mark.setAttribute("class", `mark ${choice}`);
  mark.setAttribute("aria-hidden", "true");
  const stroke = document.createElementNS(svg, "path");
  stroke.setAttribute("d", strokes[choice]);
  mark.append(stroke);
  return mark;
}
