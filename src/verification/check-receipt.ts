import { ballotCommitment, ballotHash } from "../ballot/opening.ts";
import type { Choice } from "../ballot/ballot.ts";
import type { ListName } from "./finding.ts";
import type { PublicationIndex } from "./publication-index.ts";
import type { ReadReceipt } from "./receipt-text.ts";
import {
  receiptPayload,
  verifySignature,
  type PublishedKey,
  type SignatureState,
} from "./signature.ts";

/** What a receipt comes to, from the best to the worst. */
export const receiptVerdicts = [
  /** Among the counted ballots, as it was cast, as far as receipt and list say how. */
  "counted",
  /** Among the ballots that do not count: it was replaced or taken back. */
  "not_counted",
  /** It is of another decision. */
  "other_decision",
  /** Its private part does not make its hash: choice, nonce, r or c is not of this ballot. */
  "not_own",
  /** Nobody known has signed it: it proves nothing. */
  "not_signed",
  /** This runtime can't check signatures, and it is in neither list. */
  "unknown",
  /** The list has another choice than the receipt: with its private part that is proof. */
  "other_choice",
  /** Signed, and in neither list of the signed outcome: a loss that anybody can be shown. */
  "lost",
] as const;
export type ReceiptVerdict = (typeof receiptVerdicts)[number];

export interface ReceiptCheckInput {
  receipt: ReadReceipt;
  decisionId: string;
  keys: readonly PublishedKey[];
  index: PublicationIndex;
}

/** Whether the receipt's own part makes its hash; null where that part is not there. */
type OwnState = "own" | "not_own" | null;

export interface ReceiptReport {
  verdict: ReceiptVerdict;
  signature: SignatureState | "unknown_key";
  own: OwnState;
  list: ListName | null;
  /** In that list, from 1 on. */
  row: number | null;
  /** As it is published; null where the list has hashes alone. */
  publishedChoice: Choice | null;
}

/**
 * Looks a receipt up in a publication. What it comes to is as sure as the publication is: a loss is
 * proven against an outcome whose lists were verified.
 */
export async function checkReceiptInLists(input: ReceiptCheckInput): Promise<ReceiptReport> {
  const { receipt, decisionId, index } = input;
  const signature = await signatureOf(input);
  const own = ownState(receipt);
  const counted = index.find("counted", receipt.ballotHash);
  const other = counted === null ? index.find("others", receipt.ballotHash) : null;
  const place = counted ?? other;
  const [row] = counted === null ? [] : index.rows("counted", counted, counted + 1);
  const found = {
    signature,
    own,
    list: counted !== null ? "counted" : other !== null ? "others" : null,
    row: place === null ? null : place + 1,
    publishedChoice: row?.choice ?? null,
  } as const;
  const isElsewhere = receipt.decisionId !== decisionId;
  return { verdict: isElsewhere ? "other_decision" : verdictOf(receipt, found), ...found };
}

function verdictOf(receipt: ReadReceipt, found: Omit<ReceiptReport, "verdict">): ReceiptVerdict {
  const { signature, own, list, publishedChoice } = found;
  if (own === "not_own") return "not_own";
  if (list === "counted") {
    const said = receipt.own?.choice ?? publishedChoice;
    return publishedChoice === null || said === publishedChoice ? "counted" : "other_choice";
  }
  if (list === "others") return "not_counted";
  if (signature === "valid") return "lost";
  return signature === "unsupported" ? "unknown" : "not_signed";
}

async function signatureOf({
  receipt,
  keys,
}: ReceiptCheckInput): Promise<ReceiptReport["signature"]> {
  const key = keys.find(({ kid }) => kid === receipt.keyId);
  if (key === undefined) return "unknown_key";
  const payload = receiptPayload(receipt.decisionId, receipt.ballotHash);
  return verifySignature(payload, receipt, key);
}

function ownState({ decisionId, ballotHash: hash, own }: ReadReceipt): OwnState {
  if (own === null) return null;
  const k = ballotCommitment(own.nonce, own.r);
  const made = ballotHash(decisionId, { choice: own.choice, k, c: own.c });
  return made === hash ? "own" : "not_own";
}
