/** @import { ApiReceipt } from "../../contract.ts" */

/**
 * A receipt as a small text file: lines that a person can read out and a program can split at the
 * colon. It says that a ballot is recorded, not how it was cast.
 * @param {ApiReceipt} receipt
 * @param {string} title of the decision
 */
export function receiptText(receipt, title) {
  return [
    "Enviro-Governance ballot receipt",
    "",
    `Question: ${title}`,
    `Decision: ${receipt.decision_id}`,
    `Ballot hash: ${receipt.ballot_hash}`,
    `r (your proof; keep it to yourself): ${receipt.r}`,
    `u: ${receipt.u}`,
    `Signed with key: ${receipt.key_id}`,
    `Signature: ${receipt.signature}`,
    "",
  ].join("\n");
}

/** How the voter finds the ballot once it is public. */
export const findingWords =
  "Keep it: after closing, the published list has this hash. Who sees the line “r” can follow your ballot and change it.";

/** @param {ApiReceipt} receipt */
export function receiptFileName(receipt) {
  return `receipt-${receipt.decision_id}-${receipt.ballot_hash.slice(0, 8)}.txt`;
}
