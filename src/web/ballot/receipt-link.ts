import { receiptFragment } from "../../verification/receipt-text.ts";
import { verifyAddress } from "../app/addresses.ts";
import type { KeptBallot } from "./kept-ballots.ts";
import { privateReceiptOf, shownReceiptOf } from "./receipt-text.ts";

/** The link to the page that checks this receipt; its fragment holds what is the voter's alone. */
export function receiptLink(ballot: KeptBallot, origin: string): string {
  const fragment = receiptFragment(shownReceiptOf(ballot), privateReceiptOf(ballot));
  return origin + verifyAddress() + fragment;
}
