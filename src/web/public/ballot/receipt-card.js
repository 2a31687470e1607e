import { copyButton } from "../page/copy-button.js";
import { button, element } from "../page/element.js";
import { formatHash } from "../page/format.js";
import { receiptFileName, receiptText } from "./receipt-text.js";

/** @import { KeptBallot } from "./kept-ballots.js" */

/**
 * A receipt to keep, with ways to keep it.
 * @param {KeptBallot} ballot
 * @param {string} title of the decision
 */
export function receiptCard(ballot, title) {
  const { receipt, publicKey } = ballot;
  const signature =
    publicKey === null
      ? `Signature of key ${receipt.key_id}, not checked in this browser`
      : `Signature of key ${receipt.key_id}, verified`;
  return element(
    "div",
    { class: "receipt" },
    element("h3", {}, "Receipt"),
    element(
      "dl",
      {},
      ...shown("Ballot hash, recomputed here from your choice", formatHash(receipt.ballot_hash)),
      ...shown(signature, receipt.signature),
    ),
    element(
      "details",
      {},
      element("summary", {}, "Your proof: keep it to yourself"),
      element(
        "p",
        { class: "quiet-line" },
        "Whoever sees the proof can follow your vote and change it. The other number opens the region and weight of the ballot.",
      ),
      element(
        "dl",
        {},
        ...shown("Your proof (r)", formatHash(receipt.r)),
        ...shown("Region and weight (u)", formatHash(receipt.u)),
      ),
    ),
    element(
      "div",
      { class: "actions" },
      copyButton("Copy", receiptText(ballot, title)),
      downloadButton(ballot, title),
    ),
    element(
      "p",
      { class: "quiet-line" },
      "Keep it: once the result is certified, the published list has this hash. The download holds your choice and your proof too.",
    ),
  );
}

/**
 * @param {KeptBallot} ballot
 * @param {string} title of the decision
 */
export function downloadButton(ballot, title) {
  const text = receiptText(ballot, title);
  const name = receiptFileName(ballot.receipt);
  return button("Download", () => download(text, name), "button quiet");
}

/**
 * @param {string} name
 * @param {string} value
 */
function shown(name, value) {
  return [element("dt", {}, name), element("dd", {}, element("code", { class: "hash" }, value))];
}

/**
 * @param {string} text
 * @param {string} name
 */
function download(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  element("a", { href: address, download: name }).click();
  URL.revokeObjectURL(address);
}
