import { element } from "../page/element.js";
import { decisionResource } from "../page/route.js";
import { decisionEvents } from "./decision-events.js";

/** @import { ApiDecisionStatus } from "../../contract.ts" */

/**
 * Where the figures can be had and checked. Single ballots are published with the
 * certificate.
 * @param {string} id
 */
export function decisionRecords(id) {
  const ballots = [
    record(
      decisionResource(id, "/export?format=ndjson"),
      "Published ballots, NDJSON",
      `${id}-counted.ndjson`,
    ),
    record(
      decisionResource(id, "/export?format=csv"),
      "Published ballots, CSV",
      `${id}-counted.csv`,
    ),
    record(decisionResource(id, "/votes"), "List of votes"),
  ];
  const later = element(
    "p",
    { class: "quiet-line" },
    "What is published of single ballots can be downloaded and recounted once the decision is certified.",
  );
  const node = element(
    "section",
    { class: "records", "aria-labelledby": "records-title" },
    element("h2", { id: "records-title" }, "Check it yourself"),
    later,
    element(
      "ul",
      {},
      ...ballots,
      record(decisionResource(id, "/results"), "This result as JSON"),
      record(decisionResource(id, "/outcome"), "Its outcome as JSON"),
      record(decisionResource(id, "/manifest"), "Its frozen manifest"),
      record(decisionResource(id), "This decision as JSON"),
      record(decisionResource(id, "/events"), "What was done since the opening, as JSON"),
    ),
    decisionEvents(id),
  );
  return {
    node,
    /** @param {ApiDecisionStatus} status */
    show(status) {
      const isPublished = status === "certified";
      later.hidden = isPublished;
      for (const ballot of ballots) ballot.hidden = !isPublished;
    },
  };
}

/**
 * @param {string} address
 * @param {string} label
 * @param {string} [fileName] set where the link is a download
 */
function record(address, label, fileName) {
  const attributes =
    fileName === undefined ? { href: address } : { href: address, download: fileName };
  return element("li", {}, element("a", attributes, label));
}
