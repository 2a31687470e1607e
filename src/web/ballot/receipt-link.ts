import { receiptFragment } from "../../verification/receipt-text.ts";
import { verifyAddress } from "../app/addresses.ts";
import type { KeptBallot } from "./kept-ballots.ts";

/** The link to the page that checks this receipt; its fragment holds what is the voter's alone. */
export function receiptLink({ choice, nonce, receipt }: KeptBallot, origin: string): string {
  const { decision_id: decisionId, ballot_hash: ballotHash, key_id: keyId, signature } = receipt;
  const { r, u, c } = receipt;
  const shown = { decisionId, ballotHash, keyId, signature };
  return origin + verifyAddress() + receiptFragment(shown, { choice, nonce, r, u, c });
}
