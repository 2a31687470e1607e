import { hasResults, statusWords } from "../decision/status.js";
import { read } from "../page/api.js";
import { button, element, setText } from "../page/element.js";
import { formatCount } from "../page/format.js";
import { notice, readFailure } from "../page/notice.js";
import { decisionResource, listAddress } from "../page/route.js";
import { decisionRow } from "./decision-row.js";
import { inTurn } from "./read-in-turn.js";
import { statusFilter } from "./status-filter.js";

/**
 * @import { DecisionPage, ApiResults } from "../../contract.ts"
 * @import { ListRoute } from "../page/route.js"
 */

/**
 * Shows the decisions in `root`, a page at a time.
 * @param {HTMLElement} root
 * @param {ListRoute} route
 */
export async function showList(root, route) {
  const list = element("ol", { class: "rows" });
  const end = element("div", { class: "list-end" });
  const spoken = element("p", { class: "unseen", "aria-live": "polite" });
  root.replaceChildren(
    element(
      "header",
      { class: "list-head" },
      element("h1", {}, "Decisions"),
      statusFilter(route.status),
    ),
    list,
    end,
    spoken,
  );

  /** @param {string | null} after */
  const showPage = async (after) => {
    try {
      /** @type {DecisionPage} */
      const page = await read(pageAddress(route, after));
      const rows = page.items.map(decisionRow);
      list.append(...rows.map((row) => row.node));
      end.replaceChildren(...listEnd({ page, rowsShown: list.children.length, route, showPage }));
      if (after !== null) setText(spoken, `${formatCount(rows.length, "more decision")} shown`);
      void inTurn(
        rows.filter((row) => hasResults(row.decision.status)),
        showResult,
      );
    } catch (error) {
      end.replaceChildren(readFailure(error, "The decisions", () => void showPage(after)));
    }
  };
  await showPage(null);
  root.removeAttribute("aria-busy");
}

/**
 * @param {ListRoute} route
 * @param {string | null} after
 */
function pageAddress(route, after) {
  const query = new URLSearchParams();
  if (route.status !== null) query.set("status", route.status);
  if (after !== null) query.set("after", after);
  return `/api/v1/decisions${query.size > 0 ? `?${query}` : ""}`;
}

/**
 * @typedef {object} ListEnd
 * @property {DecisionPage} page
 * @property {number} rowsShown
 * @property {ListRoute} route
 * @property {(after: string) => Promise<void>} showPage
 */

/**
 * What stands below the list: a way to more, or why there is nothing.
 * @param {ListEnd} end
 */
function listEnd({ page: { next }, rowsShown, route, showPage }) {
  if (next !== null) {
    const more = button("Show more", () => {
      more.disabled = true;
      void showPage(next);
    });
    return [more];
  }
  return rowsShown === 0 ? [emptyList(route)] : [];
}

/** @param {ListRoute} route */
function emptyList({ status }) {
  if (status === null) {
    return notice({
      title: "No decision yet",
      text: "A decision appears here once an organiser creates it through the API.",
      action: element("a", { href: "/api/v1/openapi.json" }, "How to create one (OpenAPI)"),
    });
  }
  return notice({
    title: `No decision is ${statusWords[status].toLowerCase()}`,
    text: "Decisions in another status may be listed.",
    action: element("a", { href: listAddress() }, "Show all decisions"),
  });
}

/** @param {ReturnType<typeof decisionRow>} row */
async function showResult(row) {
  try {
    /** @type {ApiResults} */
    const results = await read(decisionResource(row.decision.id, "/results"));
    row.show(results);
  } catch {
    // The list stays useful without this small bar, and the decision's own page says what is wrong.
  }
}
