/** @import { KeptBallot } from "./kept-ballots.js" */

/**
 * A receipt as a small text file that suffices to check the ballot: lines that a person can read
 * out and a program can split at the colon. The first part can be shown to anybody.
 * @param {KeptBallot} ballot
 * @param {string} title of the decision
 */
export function receiptText({ choice, nonce, receipt, publicKey }, title) {
  return [
    "Enviro-Governance ballot receipt",
    "",
    "To show to anybody: this ballot was acknowledged. It tells neither whose it is nor its choice.",
    `Question: ${title}`,
    `Decision: ${receipt.decision_id}`,
    `Ballot hash: ${receipt.ballot_hash}`,
    `Signed with key: ${receipt.key_id}`,
    ...(publicKey === null ? [] : [`Public key: ${publicKey}`]),
    `Signature: ${receipt.signature}`,
    "",
    "For you alone: whoever sees it knows your choice, can follow your vote and can change it.",
    `Choice: ${choice}`,
    `Nonce: ${nonce}`,
    `Your proof (r): ${receipt.r}`,
    `u: ${receipt.u}`,
    `c: ${receipt.c}`,
    "",
  ].join("\n");
}

/** @param {KeptBallot["receipt"]} receipt */
export function receiptFileName(receipt) {
  return `receipt-${receipt.decision_id}-${receipt.ballot_hash.slice(0, 8)}.txt`;
}

/**
 * The proof in what a voter pasted: the 64 digits alone, or the whole receipt. Null where there is
 * none.
 * @param {string} pasted
 */
export function readProof(pasted) {
  const text = pasted.trim();
  if (/^[0-9a-f]{64}$/.test(text)) return text;
  return /^Your proof \(r\): *([0-9a-f]{64})\s*$/m.exec(text)?.[1] ?? null;
}
