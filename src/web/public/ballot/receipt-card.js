import { copyButton } from "../page/copy-button.js";
import { button, element } from "../page/element.js";
import { formatHash } from "../page/format.js";
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
      element("dt", {}, "Ballot hash"),
      element("dd", {}, element("code", { class: "hash" }, formatHash(receipt.ballot_hash))),
    ),
    element(
      "div",
      { class: "actions" },
      copyButton("Copy", text),
      button("Download", () => download(text, receiptFileName(receipt)), "button quiet"),
    ),
    element("p", { class: "quiet-line" }, findingWords),
  );
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
