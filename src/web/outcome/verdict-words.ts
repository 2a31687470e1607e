import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import type { ApiOutcome, ApiVerdict } from "../contract.ts";

/** A verdict in words. */
export function verdictWord(i18n: I18n, said: ApiVerdict | "undecided"): string {
  const words: Record<ApiVerdict | "undecided", string> = {
    carried: t(i18n)`Carried`,
    not_carried: t(i18n)`Not carried`,
    no_quorum: t(i18n)`No quorum`,
    tie: t(i18n)`A tie: not carried`,
    undecided: t(i18n)`Undecided`,
  };
  return words[said];
}

/** The verdict in words, and why where nobody said yes or no at all. */
export function verdictText(
  i18n: I18n,
  { tally: { total } }: Pick<ApiOutcome, "tally">,
  said: ApiVerdict | "undecided",
): string {
  const isNobody = total.yes.ballots === 0 && total.no.ballots === 0;
  if (said === "not_carried" && isNobody) {
    return t(i18n)`Not carried: nobody voted for or against`;
  }
  return verdictWord(i18n, said);
}
