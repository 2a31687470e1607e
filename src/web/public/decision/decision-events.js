import { read } from "../page/api.js";
import { element, moment } from "../page/element.js";
import { formatMoment } from "../page/format.js";
import { decisionResource } from "../page/route.js";
import { eventLines } from "./event-lines.js";

/** @import { ApiEvent, EventsPage } from "../../contract.ts" */

/** Two thousand entries; who wants more reads the API. */
const pagesMax = 20;

/**
 * What was done to a decision since its opening, and by `show` what was done by then. Where it
 * can't be read it stays as it is: the link beside it leads to all of it.
 * @param {string} id
 */
export function decisionEvents(id) {
  const node = element("ul", { class: "events" });
  let asked = 0;
  return {
    node,
    async show() {
      asked += 1;
      const own = asked;
      const events = await readEvents(id).catch(() => null);
      // A later call shows more.
      if (events === null || own !== asked) return;
      const lines = eventLines(events).map(({ at, text }) =>
        element("li", {}, moment(at, formatMoment(at)), ` ${text}`),
      );
      node.replaceChildren(...lines);
    },
  };
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
  return events;
}
