import { formatReceipt, nameReceiptFile } from "../../verification/format-receipt.ts";
import type { PrivateReceipt, ShownReceipt } from "../../verification/receipt-text.ts";
import type { KeptBallot } from "./kept-ballots.ts";

/** What anybody may see of a kept ballot's receipt. */
export function shownReceiptOf({ receipt }: Pick<KeptBallot, "receipt">): ShownReceipt {
  const { decision_id: decisionId, ballot_hash: ballotHash, key_id: keyId, signature } = receipt;
  return { decisionId, ballotHash, keyId, signature };
}

/** What of it is the voter's alone. */
export function privateReceiptOf({ choice, nonce, receipt }: KeptBallot): PrivateReceipt {
  const { r, u, c } = receipt;
  return { choice, nonce, r, u, c };
}

/** A kept ballot's receipt as a text file; `title` is the decision's. */
export function receiptText(ballot: KeptBallot, title: string): string {
  const { publicKey } = ballot;
  const own = privateReceiptOf(ballot);
  return formatReceipt({ ...shownReceiptOf(ballot), title, publicKey, own });
}

/** A name for the file, which tells receipts of one decision apart. */
export function receiptFileName(receipt: KeptBallot["receipt"]): string {
  return nameReceiptFile(shownReceiptOf({ receipt }));
}
