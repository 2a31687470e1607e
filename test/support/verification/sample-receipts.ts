import type { ReceiptKeys } from "../../../src/auth/receipt-keys.ts";
import { formatReceipt } from "../../../src/verification/format-receipt.ts";
import type { Certified, OwnBallot } from "./certified.ts";

/** Receipts of a publication as files, each named by what it comes to. */
export function sampleReceipts(
  { decisionId, ballots }: Pick<Certified, "decisionId" | "ballots">,
  keys: ReceiptKeys,
): Record<string, string> {
  const counted = ballots.find(({ isCounted }) => isCounted);
  const replaced = ballots.find(({ isCounted }) => !isCounted);
  if (counted === undefined || replaced === undefined)
    throw new Error("some count and some do not");
  const textOf = (ballot: OwnBallot, hash = ballot.hash): string => {
    const { choice, nonce, r, u, c } = ballot;
    const { key_id: keyId, signature } = keys.signReceipt(decisionId, hash);
    return formatReceipt({
      title: "Restore the delta",
      decisionId,
      ballotHash: hash,
      keyId,
      signature,
      publicKey: keys.publicKeys[0]?.x ?? null,
      own: { choice, nonce, r, u, c },
    });
  };
  const lost = textOf(counted, "ab".repeat(32));
  return {
    "receipt-counted.txt": textOf(counted),
    "receipt-not_counted.txt": textOf(replaced),
    "receipt-not_own.txt": textOf(counted).replace(/^Choice: .*$/m, "Choice: withdrawn"),
    // Its first part alone, as it would be shown.
    "receipt-lost.txt": lost.slice(0, lost.indexOf("For you alone")),
  };
}
