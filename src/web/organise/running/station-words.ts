import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import type { ApiDecision } from "../../contract.ts";

/** What stations may do in a decision, in a sentence. */
export function stationWords(i18n: I18n, stations: ApiDecision["stations"]): string {
  switch (stations) {
    case "none":
      return t(i18n)`None: voters vote themselves, with their link`;
    case "overrides":
      return t(i18n)`They cast votes for whoever comes, also in place of an earlier vote`;
    default:
      return t(i18n)`They cast votes for whoever comes and has not voted`;
  }
}
