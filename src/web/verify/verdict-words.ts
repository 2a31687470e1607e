import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import type { DisputeBasis } from "../../verification/check.ts";
import type { PublicVerdict } from "../../verification/verification-report.ts";

export interface VerdictWords {
  title: string;
  text: string;
}

/** What a verification came to. */
export function verdictWords(i18n: I18n, verdict: PublicVerdict): VerdictWords {
  const words: Record<PublicVerdict, () => VerdictWords> = {
    verified: () => ({
      title: t(i18n)`The published votes make the signed outcome`,
      text: t(
        i18n,
      )`This browser has read every published row, made the hashes and roots again, counted, and applied the rule. It believed nothing that the server said of itself.`,
    }),
    tampered: () => ({
      title: t(i18n)`What is published is not what was signed`,
      text: t(
        i18n,
      )`Keep what you see: save the outcome and both lists before anybody changes them, and tell an observer.`,
    }),
    unverified: () => ({
      title: t(i18n)`Nothing is wrong, but the signature could not be checked here`,
      text: t(
        i18n,
      )`Votes, roots and rule fit together. This browser can’t check Ed25519 signatures: a newer one can.`,
    }),
  };
  return words[verdict]();
}

/** What a dispute would rest on. */
export function disputeWords(i18n: I18n, basis: DisputeBasis): string {
  const words: Record<DisputeBasis, () => string> = {
    signed_outcome: () =>
      t(
        i18n,
      )`The signed outcome: two of one decision that differ prove a fraud. Compare key and outcome with somebody else’s copy.`,
    receipts: () =>
      t(
        i18n,
      )`Receipts: a signed receipt whose hash is in neither list proves a lost vote. Ask voters to check theirs.`,
    auditor_openings: () =>
      t(
        i18n,
      )`What opens the hidden regions, weights and choices: an auditor with a key reads it, and counts those too.`,
    auditor_roll: () =>
      t(
        i18n,
      )`The roll: whether each vote is of a person who may vote, and nobody voted twice, only an auditor with a key can see.`,
  };
  return words[basis]();
}
