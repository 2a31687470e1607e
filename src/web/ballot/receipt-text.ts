import type { KeptBallot } from "./kept-ballots.ts";

// The words of a receipt are its format: they are the same in every language of the page.

/**
 * A receipt as a small text file that suffices to check the ballot: lines that a person can read
 * out and a program can split at the colon. The first part can be shown to anybody.
 */
export function receiptText(ballot: KeptBallot, title: string): string {
  const [open, own] = receiptLines(ballot);
  return [
    "Enviro-Governance ballot receipt",
    "",
    "To show to anybody: this ballot was acknowledged. It tells neither whose it is nor its choice.",
    `Question: ${title}`,
    ...open,
    "",
    "For you alone: whoever sees it knows your choice, can follow your vote and can change it.",
    ...own,
    "",
  ].join("\n");
}

function receiptLines({ choice, nonce, receipt, publicKey }: KeptBallot): [string[], string[]] {
  return [
    [
      `Decision: ${receipt.decision_id}`,
      `Ballot hash: ${receipt.ballot_hash}`,
      `Signed with key: ${receipt.key_id}`,
      ...(publicKey === null ? [] : [`Public key: ${publicKey}`]),
      `Signature: ${receipt.signature}`,
    ],
    [
      `Choice: ${choice}`,
      `Nonce: ${nonce}`,
      `Your proof (r): ${receipt.r}`,
      `u: ${receipt.u}`,
      `c: ${receipt.c}`,
    ],
  ];
}

/** A name for the file, which tells receipts of one decision apart. */
export function receiptFileName(receipt: KeptBallot["receipt"]): string {
  return `receipt-${receipt.decision_id}-${receipt.ballot_hash.slice(0, 8)}.txt`;
}
