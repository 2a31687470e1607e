import { copyButton } from "../page/copy-button.js";
import { element, moment } from "../page/element.js";
import { formatCount, formatHash, formatInteger, formatMoment } from "../page/format.js";
import { closingFact } from "./closing-fact.js";

/** @import { ApiDecision } from "../../contract.ts" */

/**
 * The terms of a decision: what was frozen when it opened, and the hash that proves it.
 * @param {ApiDecision} decision
 */
export function decisionFacts(decision) {
  const { opens_at: opensAt, manifest_hash: hash } = decision;
  const closing = closingFact(decision);
  return element(
    "section",
    { class: "facts", "aria-labelledby": "facts-title" },
    element("h2", { id: "facts-title" }, "Terms"),
    element(
      "dl",
      {},
      ...fact(
        "Opens",
        opensAt === null ? "When the organiser opens it" : moment(opensAt, formatMoment(opensAt)),
      ),
      ...fact(
        closing.name,
        "at" in closing ? moment(closing.at, formatMoment(closing.at)) : closing.words,
      ),
      ...fact("Ending early", earlyEndWords[decision.ends_early]),
      ...fact(
        "Changing a vote",
        decision.revote_policy === "final"
          ? "Not possible: the first ballot of a voter counts"
          : "Possible until closing: the newest ballot of a voter counts",
      ),
      ...fact("Who may vote", electorateWords(decision)),
      ...fact("Shown before closing", shownWords(decision)),
      ...fact("Published once certified", disclosureWords[decision.disclosure]),
      ...fact("Weight of a ballot", weightWords(decision)),
      ...(decision.regions.length > 0
        ? fact("Regions", formatInteger(decision.regions.length))
        : []),
      ...fact("Recorded in", formatCount(decision.shards, "shard")),
      ...fact("Identifier", element("code", {}, decision.id)),
      ...(decision.roll?.hash == null
        ? []
        : fact("Roll hash", element("code", { class: "hash" }, formatHash(decision.roll.hash)))),
      ...(hash === null
        ? []
        : fact("Manifest hash", element("code", { class: "hash" }, formatHash(hash)))),
    ),
    hash === null ? null : copyButton("Copy hash", hash),
  );
}

/** @param {ApiDecision} decision */
function shownWords({ visibility, disclosure, release_min: releaseMin }) {
  const words = visibilityWords[visibility];
  if (disclosure === "roll_call" || visibility === "sealed") return words;
  return `${words}; in each region in steps of at least ${formatCount(releaseMin, "voter")}`;
}

const visibilityWords = {
  live: "Counts, to everybody",
  turnout: "How many have voted, to nobody how",
  sealed: "Nothing, to nobody",
};

const disclosureWords = {
  roll_call: "Each counted ballot with its voter’s name, its choice and the reasons given",
  pseudonymous: "Each counted ballot with its choice, and nobody’s name",
  aggregate: "The hash of each ballot, without its choice",
};

const earlyEndWords = {
  never: "Not possible",
  by_rule: "As soon as no vote to come can change the outcome",
  by_organiser: "When the organiser closes it, which is public",
};

/** @param {ApiDecision} decision */
function electorateWords({ electorate, roll }) {
  if (electorate === "open") return "Whoever holds a ballot token";
  return roll === null
    ? "Voters on a roll that is not there yet"
    : `${formatCount(roll.voters, "voter")} on the roll`;
}

/** @param {ApiDecision} decision */
function weightWords({ electorate, weight_max: weightMax }) {
  if (electorate === "roll") return "As the roll says";
  return weightMax === 1 ? "Every ballot counts once" : `Up to ${formatInteger(weightMax)}`;
}

/**
 * @param {string} name
 * @param {Node | string} value
 */
function fact(name, value) {
  return [element("dt", {}, name), element("dd", {}, value)];
}
