import { read } from "../page/api.js";
import { element, moment } from "../page/element.js";
import { formatMoment } from "../page/format.js";
import { decisionResource } from "../page/route.js";
import { eventLines } from "./event-lines.js";

/** @import { ApiEvent, EventsPage } from "../../contract.ts" */

/** Two thousand entries; who wants more reads the API. */
const pagesMax = 20;

/**
 * What was done to a decision since its opening. It is read when somebody unfolds it: a crowd that
 * watches a decision must not ask its room all at once whenever its status changes.
 * @param {string} id
 */
export function decisionEvents(id) {
  const list = element("ul");
  const node = element(
    "details",
    { class: "events" },
    element("summary", {}, "What was done since the opening"),
    list,
  );
  node.addEventListener("toggle", () => {
    if (node.open) void showEvents(list, id);
  });
  return node;
}

/**
 * @param {HTMLElement} list
 * @param {string} id
 */
async function showEvents(list, id) {
  try {
    const { events, isWhole } = await readEvents(id);
    const lines = eventLines(events).map(({ at, text }) =>
      element("li", {}, moment(at, formatMoment(at)), ` ${text}`),
    );
    list.replaceChildren(...lines, ...(isWhole ? [] : [element("li", {}, "And more since then")]));
  } catch {
    list.replaceChildren(
      element("li", {}, "It can't be read right now. Unfold it again to retry."),
    );
  }
}

/** @param {string} id */
async function readEvents(id) {
  /** @type {ApiEvent[]} */
  const events = [];
  /** @type {number | null} */
  let after = 0;
  for (let pages = 0; after !== null && pages < pagesMax; pages += 1) {
    /** @type {EventsPage} */
    const page = await read(decisionResource(id, `/events?after_seq=${after}`));
    events.push(...page.entries);
    after = page.next;
  }
  return { events, isWhole: after === null };
}
