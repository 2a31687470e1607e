import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import type { ApiChoice } from "../contract.ts";

/** How a choice is called. */
export function choiceWord(i18n: I18n, choice: ApiChoice): string {
  if (choice === "yes") return t(i18n)`Yes`;
  return choice === "no" ? t(i18n)`No` : t(i18n)`Abstain`;
}
