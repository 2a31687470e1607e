import { element } from "../page/element.js";

/**
 * @typedef {"share" | "size"} BarScale Bars of one length that compare shares, or lengths that
 * compare sizes.
 */

const labels = /** @type {const} */ ([
  ["share", "Shares"],
  ["size", "Sizes"],
]);

/**
 * Two radio buttons that choose what the length of a region's bar says.
 * @param {() => void} onChange
 */
export function scaleSwitch(onChange) {
  /** @type {BarScale} */
  let chosen = "share";
  const options = labels.map(([value, label]) => {
    const input = element("input", {
      type: "radio",
      name: "scale",
      value,
      checked: value === chosen,
    });
    input.addEventListener("change", () => {
      chosen = value;
      onChange();
    });
    return element("label", {}, input, element("span", {}, label));
  });
  const node = element(
    "fieldset",
    { class: "switch" },
    element("legend", { class: "unseen" }, "What the bars compare"),
    ...options,
  );
  return { node, chosen: () => chosen };
}
