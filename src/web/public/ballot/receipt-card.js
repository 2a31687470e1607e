import { copyButton } from "../page/copy-button.js";
import { button, element, moment } from "../page/element.js";
import { formatHash, formatInteger, formatMoment } from "../page/format.js";
import { findingWords, receiptFileName, receiptText } from "./receipt-text.js";

/** @import { ApiDecision, ApiReceipt } from "../../contract.ts" */

/**
 * A receipt to keep, with ways to keep it.
 * @param {ApiReceipt} receipt
 * @param {ApiDecision} decision
 */
export function receiptCard(receipt, decision) {
  const text = receiptText(receipt, decision.title);
  return element(
    "div",
    { class: "receipt" },
    element("h3", {}, "Receipt"),
    element(
      "dl",
      {},
      element("dt", {}, "Recorded"),
      element("dd", {}, moment(receipt.accepted_at, formatMoment(receipt.accepted_at))),
      element("dt", {}, "Place in the record"),
      element("dd", {}, placeWords(receipt)),
      element("dt", {}, "Ballot hash"),
      element("dd", {}, element("code", { class: "hash" }, formatHash(receipt.ballot_hash))),
    ),
    element(
      "div",
      { class: "actions" },
      copyButton("Copy", text),
      button("Download", () => download(text, receiptFileName(receipt)), "button quiet"),
    ),
    element("p", { class: "quiet-line" }, findingWords(receipt, decision)),
  );
}

/**
 * A sealed decision gives no number: it would say how many came before.
 * @param {ApiReceipt} receipt
 */
function placeWords({ shard, seq }) {
  return seq === null ? `Shard ${shard}` : `Shard ${shard}, number ${formatInteger(seq)}`;
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
