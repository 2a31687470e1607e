import { element } from "../page/element.js";
import { decisionAddress } from "../page/route.js";

/**
 * The way into the hall display, a result that fills a wall, and out of it.
 * @param {string} id
 * @param {boolean} isHall
 */
export function hallLink(id, isHall) {
  return element(
    "a",
    { class: "hall-link", href: decisionAddress(id, isHall ? "page" : "hall") },
    isHall ? "Leave hall display" : "Hall display",
  );
}

/** Lays the page out for a wall and keeps its screen awake. */
export function enterHall() {
  document.documentElement.dataset.view = "hall";
  // The lock ends whenever the page is hidden, so it is taken again.
  document.addEventListener("visibilitychange", stayAwake);
  stayAwake();
}

function stayAwake() {
  if (document.hidden) return;
  // A device may refuse, on a low battery for one; then its screen saver is the operator's to set.
  navigator.wakeLock?.request("screen").catch(() => undefined);
}
