import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import type {
  ReceiptReport,
  ReceiptVerdict,
  ReceiptDoubt,
} from "../../verification/check-receipt.ts";
import type { ReadReceipt } from "../../verification/receipt-text.ts";
import { choiceWord } from "../results/choice-words.ts";

/** What a receipt comes to, and what to do about it. */
export interface ReceiptWords {
  title: string;
  text: string;
  /** Good, a matter to look into, or something that must not be. */
  tone: "good" | "notice" | "wrong";
}

/** Puts a receipt's report in words, with what its choice is where both sides tell it. */
export function receiptWords(
  i18n: I18n,
  { verdict, reason, publishedChoice }: ReceiptReport,
  { own }: ReadReceipt,
): ReceiptWords {
  const said = publishedChoice === null ? "" : choiceWord(i18n, publishedChoice);
  const words: Record<ReceiptVerdict, () => ReceiptWords> = {
    counted: () => ({
      tone: "good",
      title: said === "" ? t(i18n)`This vote counts` : t(i18n)`This vote counts, as ${said}`,
      text:
        own === null
          ? t(
              i18n,
            )`It is in the list of counted votes. Whether it is yours only the receipt’s private part could show.`
          : t(
              i18n,
            )`It is in the list of counted votes, and the receipt’s private part makes its hash.`,
    }),
    not_counted: () => ({
      tone: "notice",
      title: t(i18n)`This ballot does not count: it was replaced or taken back`,
      text: t(i18n)`If you did not do that, somebody else had your proof: tell the organiser.`,
    }),
    other_decision: () => ({
      tone: "wrong",
      title: t(i18n)`This receipt is of another decision`,
      text: t(i18n)`Empty the field of the decision, and it is looked up where it belongs.`,
    }),
    not_own: () => ({
      tone: "wrong",
      title: t(i18n)`The parts of this receipt do not fit together`,
      text: t(
        i18n,
      )`Its choice and secrets do not make its hash: it was changed, or whoever took the vote has recorded something else.`,
    }),
    not_signed: () => ({
      tone: "wrong",
      title: t(i18n)`This receipt proves nothing`,
      text: t(i18n)`It is in neither list, and no published key has signed it.`,
    }),
    unknown: () => unknownWords(i18n, reason),
    other_choice: () => ({
      tone: "wrong",
      title: t(i18n)`This vote is counted with another choice: ${said}`,
      text: t(
        i18n,
      )`The receipt’s private part proves it. Take the receipt to the organiser and to an observer.`,
    }),
    lost: () => ({
      tone: "wrong",
      title: t(i18n)`This vote was acknowledged and lost`,
      text: t(
        i18n,
      )`It is signed, and in neither list. The receipt’s first part and the signed outcome prove that, and show nothing else: take them to the organiser and to an observer.`,
    }),
  };
  return words[verdict]();
}

function unknownWords(i18n: I18n, reason: ReceiptDoubt | null): ReceiptWords {
  if (reason === "no_ed25519") {
    return {
      tone: "notice",
      title: t(i18n)`This receipt is in neither list`,
      text: t(
        i18n,
      )`This browser can’t check Ed25519 signatures here. Check it in a newer one: if the signature is good, a vote was lost.`,
    };
  }
  return {
    tone: "notice",
    title: t(i18n)`Nothing can be said of this receipt here`,
    text: t(
      i18n,
    )`What was read of the decision is not in order, so neither its lists nor its keys can tell. Keep the receipt and check again, also from elsewhere.`,
  };
}
