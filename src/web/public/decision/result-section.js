import { announcer } from "../page/announcer.js";
import { element, setText } from "../page/element.js";
import { hiddenBoard, spokenHidden } from "../result/hidden-board.js";
import { freshnessLine } from "../result/freshness-line.js";
import { regionTable } from "../result/region-table.js";
import { resultBoard, spokenResult } from "../result/result-board.js";
import { localClock, serverTime } from "../result/server-clock.js";
import { measureOf } from "../result/turnout-words.js";

/**
 * @import { ApiDecision } from "../../contract.ts"
 * @import { Connection } from "../result/live-results.js"
 * @import { HeldResults } from "../result/merge-results.js"
 */

/** What the section is called by what it shows. */
const headings = {
  final: "Result",
  counts: "Result so far",
  turnout: "Turnout so far",
  nothing: "Result",
};

/**
 * The result of a decision and its regions. Deltas may arrive many times between two frames of the
 * screen; one frame paints the newest.
 * @param {ApiDecision} decision
 * @param {number} rowsFirst regions to show before more are asked for
 */
export function resultSection(decision, rowsFirst) {
  const boards = resultBoards(decision, rowsFirst);
  const line = freshnessLine();
  let clock = localClock;
  /** @type {Connection} */
  let connection = { kind: "connecting" };
  /** @type {HeldResults | null} */
  let results = null;
  let isPaintDue = false;

  const paint = () => {
    isPaintDue = false;
    if (results === null || !node.isConnected) return;
    setText(
      heading,
      headings[results.shows === "counts" && results.final ? "final" : results.shows],
    );
    boards.show(results);
    tick();
  };
  const tick = () => line.show({ connection, results, clock, now: Date.now() });
  const heading = element("h2", { id: "result-title" }, "Result so far");
  const node = element(
    "section",
    { class: "result", "aria-labelledby": "result-title" },
    element("div", { class: "section-head" }, heading, line.node),
    ...boards.nodes,
  );

  return {
    node,
    regions: boards.regions,
    /** Regions are hidden until the first result, which shows them. */
    hideRegions() {
      if (boards.regions !== null) boards.regions.hidden = true;
    },
    tick,
    /** The server's time in ms. */
    now: () => serverTime(clock, Date.now()),
    /** @type {import("../result/live-results.js").LiveListener} */
    listener: {
      onConnection(next) {
        connection = next;
        tick();
      },
      onResults(newest, newestClock) {
        results = newest;
        clock = newestClock;
        if (!isPaintDue) requestAnimationFrame(paint);
        isPaintDue = true;
      },
    },
  };
}

/**
 * The counts and what stands in their place while they are hidden, the regions, and the speaker.
 * @param {ApiDecision} decision
 * @param {number} rowsFirst
 */
function resultBoards(decision, rowsFirst) {
  const measure = measureOf(decision);
  const board = resultBoard(measure);
  const hidden = hiddenBoard(decision, measure);
  const regions =
    decision.regions.length > 0 ? regionTable(decision.regions, measure, rowsFirst) : null;
  const speaker = announcer();

  return {
    nodes: [board.node, hidden.node, speaker.node],
    regions: regions?.node ?? null,
    /** @param {HeldResults} results */
    show(results) {
      board.node.hidden = results.shows !== "counts";
      hidden.node.hidden = results.shows === "counts";
      if (regions !== null) regions.node.hidden = results.shows !== "counts";
      if (results.shows === "counts") {
        board.show(results);
        regions?.show(results);
        speaker.say(`${results.final ? "Final result. " : ""}${spokenResult(results, measure)}`);
      } else {
        hidden.show(results);
        speaker.say(spokenHidden(results, decision, measure));
      }
    },
  };
}
