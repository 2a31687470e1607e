import {
  requirePublishedSignature,
  requireSentBallot,
  type SentVote,
} from "../../client/check-receipt.ts";
import { ForeignReceipt, type ReceiptMismatch } from "../../client/client-errors.ts";
import type { ApiReceipt, ApiSigningKey } from "../contract.ts";

export type OwnReceiptCheck =
  | { fits: true; /** Null where the signature could not be checked. */ publicKey: string | null }
  | { fits: false; mismatch: ReceiptMismatch };

/**
 * Holds a receipt against the vote that it answers. `keys` are the deployment's, null where they
 * can't be read. The signature stays unchecked without them, and in a browser that knows no Ed25519,
 * as some of 2024 do not.
 */
export async function checkOwnReceipt(
  receipt: ApiReceipt,
  sent: SentVote,
  keys: readonly ApiSigningKey[] | null,
): Promise<OwnReceiptCheck> {
  try {
    await requireSentBallot(receipt, sent);
    if (keys === null) return { fits: true, publicKey: null };
    return { fits: true, publicKey: (await requirePublishedSignature(receipt, keys)).x };
  } catch (error) {
    if (error instanceof ForeignReceipt) return { fits: false, mismatch: error.mismatch };
    if (error instanceof DOMException && error.name === "NotSupportedError") {
      return { fits: true, publicKey: null };
    }
    throw error;
  }
}
