/** @import { Receipt } from "../../contract.ts" */

/**
 * A receipt as a small text file: lines that a person can read out and a program can split at the colon. It says that a ballot is
 * recorded and where, not how it was cast.
 * @param {Receipt} receipt
 * @param {string} title of the decision
 */
export function receiptText(receipt, title) {
  return [
    "Enviro-Governance ballot receipt",
    "",
    `Question: ${title}`,
    `Decision: ${receipt.decision_id}`,
    `Shard: ${receipt.shard}`,
    ...(receipt.seq === null ? [] : [`Number: ${receipt.seq}`]),
    `Ballot hash (SHA-256): ${receipt.ballot_hash}`,
    `Accepted at: ${receipt.accepted_at}`,
    "",
  ].join("\n");
}

/** @param {Receipt} receipt */
export function receiptFileName(receipt) {
  const place = receipt.seq ?? receipt.ballot_hash.slice(0, 8);
  return `receipt-${receipt.decision_id}-${receipt.shard}-${place}.txt`;
}
