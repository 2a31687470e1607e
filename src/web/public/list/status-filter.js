import { statusWords } from "../decision/status.js";
import { element } from "../page/element.js";
import { listAddress, listedStatuses } from "../page/route.js";

/** @import { ApiDecisionStatus } from "../../contract.ts" */

/**
 * Links that narrow the list, so that a narrowed list can be shared too.
 * @param {ApiDecisionStatus | null} current
 */
export function statusFilter(current) {
  const links = [null, ...listedStatuses].map((status) =>
    element(
      "a",
      { href: listAddress(status), ...(status === current ? { "aria-current": "page" } : {}) },
      status === null ? "All" : statusWords[status],
    ),
  );
  return element("nav", { class: "filter", "aria-label": "Filter by status" }, ...links);
}
