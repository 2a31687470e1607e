/**
 * Makes an element. Strings among the children become text nodes, so nothing that came from
 * elsewhere is ever read as markup.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | boolean>} [attributes] true sets an empty attribute, false leaves it out
 * @param {(Node | string | null)[]} children null is left out
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/**
 * Sets text only where it differs: a live page touches what changed, so nothing flickers and no
 * selection is lost.
 * @param {Node} node
 * @param {string} text
 */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * A button that is not a form's own.
 * @param {string} label
 * @param {() => void} onPress
 * @param {string} [look] class
 */
export function button(label, onPress, look = "button") {
  const made = element("button", { type: "button", class: look }, label);
  made.addEventListener("click", onPress);
  return made;
}

/**
 * A moment as a `<time>`, with the exact one for machines and on hover.
 * @param {string} iso
 * @param {string} text
 */
export function moment(iso, text) {
  return element("time", { datetime: iso, title: iso, dir: "auto" }, text);
}
