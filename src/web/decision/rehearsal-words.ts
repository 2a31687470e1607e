import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import type { ApiDecision } from "../contract.ts";
import { decisionTexts } from "./decision-texts.ts";

/** What everything says that is shown of a rehearsal. */
export function rehearsalWords(i18n: I18n): string {
  return t(i18n)`Rehearsal: its results never count`;
}

/** A decision's title where it stands alone, as in a tab or a link's preview. */
export function soleTitle(i18n: I18n, decision: ApiDecision): string {
  const { title } = decisionTexts(i18n, decision);
  return decision.rehearsal ? `${rehearsalWords(i18n)} · ${title}` : title;
}
