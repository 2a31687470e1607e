import { button, element, setText } from "../page/element.js";
import { formatCount } from "../page/format.js";
import { choiceMark } from "./choice-mark.js";
import { choiceWords } from "./choice-words.js";
import { moveRows } from "./move-rows.js";
import { findRegions, rankRegions } from "./rank-regions.js";
import { missingRegionsWords } from "./release-words.js";
import { regionRow } from "./region-row.js";
import { scaleSwitch } from "./scale-switch.js";
import { steadyOrder } from "./steady-order.js";
import { shownChoices } from "./tally-bars.js";

/**
 * @import { Counts, ApiRegion } from "../../contract.ts"
 * @import { Measure } from "./tally-bars.js"
 */

/** An eye needs a few seconds to find a row again. */
const orderRestMs = 3_000;

/**
 * The regions as small bars, the largest first. It is a real table, so it reads the same by eye and
 * by ear.
 * @param {readonly ApiRegion[]} regions
 * @param {Measure} measure
 * @param {number} rowsFirst a hundred countries are a long read: the largest are shown, the rest on demand
 */
export function regionTable(regions, measure, rowsFirst) {
  /** @type {Pick<Counts, "regions" | "release_min" | "status">} */
  let result = { regions: [], status: "open" };
  let isWhole = regions.length <= rowsFirst;
  /** @type {Map<string, ReturnType<typeof regionRow>>} */
  const rows = new Map();

  const paint = () => {
    const known = new Set(result.regions.map(({ region }) => region));
    const named = regions.filter(({ code }) => known.has(code));
    const ranked = rankRegions(named, result.regions, measure);
    const found = findRegions(inSteadyOrder(ranked), frame.typed());
    const shown = isWhole || frame.typed() !== "" ? found : found.slice(0, rowsFirst);
    const largest = ranked[0]?.counts.all ?? 0n;
    const ordered = shown.map((region) => {
      const row = rows.get(region.code) ?? regionRow(region, measure);
      rows.set(region.code, row);
      row.show(region, frame.scale() === "size" ? largest : region.counts.all);
      return row.node;
    });
    const missing = missingRegionsWords(result, regions.length - named.length);
    frame.show(ordered, { found: found.length, missing });
  };
  const inSteadyOrder = steadyOrder(orderRestMs, paint);
  const showAll = button(`Show all ${formatCount(regions.length, "region")}`, () => {
    isWhole = true;
    paint();
  });
  const frame = tableFrame({ measure, isLong: !isWhole, showAll, onChange: paint });

  return {
    node: frame.node,
    /** @param {Pick<Counts, "regions" | "release_min" | "status">} newest */
    show(newest) {
      result = newest;
      paint();
    },
  };
}

/**
 * What stands around the rows: heading, search, switch, and what to say when rows are left out.
 * @param {{ measure: Measure, isLong: boolean, showAll: HTMLElement, onChange: () => void }} options
 */
function tableFrame({ measure, isLong, showAll, onChange }) {
  const scale = scaleSwitch(onChange);
  const search = searchField(onChange);
  const body = element("tbody", { role: "rowgroup" });
  const heading = element("h2", { id: "regions-title" }, "By region");
  const none = element("p", { class: "quiet-line", role: "status" });
  const hidden = element("p", { class: "quiet-line" });
  const node = element(
    "section",
    { class: "regions", "aria-labelledby": "regions-title" },
    element("div", { class: "section-head" }, heading, isLong ? search : null, scale.node),
    element(
      "table",
      { role: "table", "aria-labelledby": "regions-title" },
      tableHead(measure),
      body,
    ),
    none,
    hidden,
    showAll,
  );
  return {
    node,
    scale: scale.chosen,
    typed: () => search.value,
    /**
     * @param {HTMLElement[]} ordered
     * @param {{ found: number, missing: string | null }} rest how many rows there are, shown or not,
     *   and why others are not there
     */
    show(ordered, { found, missing }) {
      moveRows(body, ordered);
      showAll.hidden = ordered.length >= found;
      setText(heading, ordered.length < found ? "Largest regions" : "By region");
      setText(none, found === 0 && search.value !== "" ? "No region has this name." : "");
      setText(hidden, missing ?? "");
      hidden.hidden = missing === null;
    },
  };
}

/** @param {Measure} measure */
function tableHead(measure) {
  const head = { role: "columnheader", scope: "col" };
  return element(
    "thead",
    { role: "rowgroup" },
    element(
      "tr",
      { role: "row" },
      element("th", head, "Region"),
      element(
        "th",
        { ...head, class: "bar-cell" },
        element("span", { class: "unseen" }, "As a bar"),
      ),
      ...shownChoices.map((choice) =>
        element(
          "th",
          { ...head, class: `count ${choice}` },
          choiceMark(choice),
          choiceWords[choice],
        ),
      ),
      element("th", { ...head, class: "count all" }, measure === "ballots" ? "Ballots" : "Weight"),
    ),
  );
}

/** @param {() => void} onInput */
function searchField(onInput) {
  const input = element("input", {
    type: "search",
    "aria-label": "Find a region",
    placeholder: "Find a region",
    autocomplete: "off",
  });
  input.addEventListener("input", onInput);
  return input;
}
