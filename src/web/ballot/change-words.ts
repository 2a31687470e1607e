import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import type { ApiDecision } from "../contract.ts";

export type ChangeTerms = Pick<ApiDecision, "revote_policy" | "stations" | "login">;

/** Before a vote is sent: whether and with what it can be changed later, in one or two sentences. */
export function changeWords(i18n: I18n, terms: ChangeTerms, isStored: boolean): string[] {
  if (terms.revote_policy === "final") return [t(i18n)`Once cast, it can’t be changed.`];
  const means = [
    isStored ? t(i18n)`from this browser` : null,
    t(i18n)`with the receipt`,
    terms.login === null ? null : t(i18n)`by logging in anew`,
    terms.stations === "overrides" ? t(i18n)`at a polling station` : null,
  ].filter((each) => each !== null);
  const locale = i18n.locale === "en" ? "en-GB" : i18n.locale;
  const ways = new Intl.ListFormat(locale, { type: "disjunction" }).format(means);
  const change = t(i18n)`Until voting closes you can change it or take it back: ${ways}.`;
  const isLast = terms.login === null && terms.stations !== "overrides";
  return isLast
    ? [change, t(i18n)`Without the receipt your vote stands: nobody can change it for you.`]
    : [change];
}

/** Before a vote is sent: what stays in this browser. */
export function keepingWords(i18n: I18n, isStored: boolean): string {
  return isStored
    ? t(
        i18n,
      )`This browser keeps your choice and its receipt, so that the vote can be sent again, checked and changed. On a device that others use, download the receipt and remove it here afterwards.`
    : t(
        i18n,
      )`This browser stores nothing: keep this page open until the receipt is here, and download it.`;
}
