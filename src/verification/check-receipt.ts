import { ballotCommitment, ballotHash } from "../ballot/opening.ts";
import type { Choice } from "../ballot/ballot.ts";
import type { CheckReason } from "./check.ts";
import type { ListName } from "./finding.ts";
import type { ReadReceipt } from "./receipt-text.ts";
import {
  receiptPayload,
  verifySignature,
  type PublishedKey,
  type SignatureState,
} from "./signature.ts";
import type { VerifiedPublication } from "./verification-report.ts";

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
  /** Outcome, lists or keys are not in order, or this runtime can't check signatures. */
  "unknown",
  /** The list has another choice than the receipt: with its private part that is proof. */
  "other_choice",
  /** Signed, and in neither list of the signed outcome: a loss that anybody can be shown. */
  "lost",
] as const;
export type ReceiptVerdict = (typeof receiptVerdicts)[number];

/** Why nothing can be said of a receipt. */
export type ReceiptDoubt = Extract<CheckReason, "foundation_wrong" | "no_ed25519">;

/** Whether the receipt's own part makes its hash; null where that part is not there. */
type OwnState = "own" | "not_own" | null;

export interface ReceiptReport {
  verdict: ReceiptVerdict;
  /** Of `unknown` alone. */
  reason: ReceiptDoubt | null;
  signature: SignatureState | "unknown_key";
  own: OwnState;
  list: ListName | null;
  /** In that list, from 1 on. */
  row: number | null;
  /** As it is published; null where the list has hashes alone. */
  publishedChoice: Choice | null;
}

/**
 * Looks a receipt up in a publication. Nothing is said of it by lists that are not those of the
 * outcome, and a loss is proven against an outcome that a published key has signed.
 */
export async function checkReceiptInLists(
  receipt: ReadReceipt,
  publication: VerifiedPublication,
): Promise<ReceiptReport> {
  const { index, keys } = publication;
  const signature = await signatureOf(receipt, keys);
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
  return { ...verdictOf(receipt, found, publication), ...found };
}

type ReceiptFound = Omit<ReceiptReport, "verdict" | "reason">;

function verdictOf(
  receipt: ReadReceipt,
  found: ReceiptFound,
  { report, isListed }: VerifiedPublication,
): Pick<ReceiptReport, "verdict" | "reason"> {
  const { own, list, publishedChoice } = found;
  const known = (verdict: ReceiptVerdict) => ({ verdict, reason: null });
  // An outcome that could not be read may not even tell of which decision it is.
  if (report.decisionId !== "" && receipt.decisionId !== report.decisionId)
    return known("other_decision");
  if (own === "not_own") return known("not_own");
  if (!isListed) return { verdict: "unknown", reason: "foundation_wrong" };
  if (list === "counted") {
    const said = receipt.own?.choice ?? publishedChoice;
    const isSame = publishedChoice === null || said === publishedChoice;
    return known(isSame ? "counted" : "other_choice");
  }
  if (list === "others") return known("not_counted");
  return verdictOfMissing(found, report);
}

/** Of a receipt in neither list. */
function verdictOfMissing(
  { signature }: ReceiptFound,
  { findingCounts, signedBy }: VerifiedPublication["report"],
): Pick<ReceiptReport, "verdict" | "reason"> {
  if (signature === "unsupported") return { verdict: "unknown", reason: "no_ed25519" };
  const isFounded =
    signature === "valid" ? signedBy !== null : findingCounts["keys.malformed"] === undefined;
  if (!isFounded) return { verdict: "unknown", reason: "foundation_wrong" };
  return { verdict: signature === "valid" ? "lost" : "not_signed", reason: null };
}

async function signatureOf(
  receipt: ReadReceipt,
  keys: readonly PublishedKey[],
): Promise<ReceiptReport["signature"]> {
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
