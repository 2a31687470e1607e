import type { PrivateReceipt, ShownReceipt } from "./receipt-text.ts";

/** What a receipt file is written from. */
export interface WrittenReceipt extends ShownReceipt {
  title: string;
  publicKey: string | null;
  own: PrivateReceipt;
}

// The words of a receipt are its format: they are the same in every language of the page.

/**
 * A receipt as a small text file that suffices to check the ballot: lines that a person can read
 * out and a program can split at the colon. The first part can be shown to anybody.
 */
export function formatReceipt({ title, own, ...shown }: WrittenReceipt): string {
  return [
    "Enviro-Governance ballot receipt",
    "",
    "To show to anybody: this ballot was acknowledged. It tells neither whose it is nor its choice.",
    `Question: ${title.replaceAll(/\s+/g, " ")}`,
    `Decision: ${shown.decisionId}`,
    `Ballot hash: ${shown.ballotHash}`,
    `Signed with key: ${shown.keyId}`,
    ...(shown.publicKey === null ? [] : [`Public key: ${shown.publicKey}`]),
    `Signature: ${shown.signature}`,
    "",
    "For you alone: whoever sees it knows your choice, can follow your vote and can change it.",
    `Choice: ${own.choice}`,
    `Nonce: ${own.nonce}`,
    `Your proof (r): ${own.r}`,
    `u: ${own.u}`,
    `c: ${own.c}`,
    "",
  ].join("\n");
}

/** A name for the file, which tells receipts of one decision apart. */
export function nameReceiptFile({
  decisionId,
  ballotHash,
}: Pick<ShownReceipt, "decisionId" | "ballotHash">): string {
  return `receipt-${decisionId}-${ballotHash.slice(0, 8)}.txt`;
}
