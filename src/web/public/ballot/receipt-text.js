/** @import { ApiDecision, ApiReceipt } from "../../contract.ts" */

/**
 * A receipt as a small text file: lines that a person can read out and a program can split at the
 * colon. It says that a ballot is recorded and where, not how it was cast.
 * @param {ApiReceipt} receipt
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

/**
 * How the voter finds the ballot once it is public. A receipt of a sealed decision has no number;
 * and of regions that are shown merged the list has no hash, by which the region could be guessed.
 * @param {Pick<ApiReceipt, "seq">} receipt
 * @param {Pick<ApiDecision, "small_cells_min">} decision
 */
export function findingWords({ seq }, { small_cells_min: smallCellsMin }) {
  const place = seq === null ? "" : " at this place";
  const found = `Keep it: after closing, the list of votes shows your ballot${place} with this hash.`;
  if (smallCellsMin === 0) return found;
  const instead = seq === null ? "its shard and time" : "its place";
  return `${found} If your region is too small to be shown by itself, the hash is left out: look for ${instead}.`;
}

/** @param {ApiReceipt} receipt */
export function receiptFileName(receipt) {
  const place = receipt.seq ?? receipt.ballot_hash.slice(0, 8);
  return `receipt-${receipt.decision_id}-${receipt.shard}-${place}.txt`;
}
