import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import type { ApiProblem } from "../contract.ts";
import { languageOf } from "../languages/languages.ts";

/**
 * Why the API refused something that no page has words for: its own sentence for readers of English,
 * in which it is written, and for others its code.
 */
export function refusalText(i18n: I18n, problem: ApiProblem): string {
  const { code, title = code, detail = title } = problem;
  return languageOf(i18n.locale).tag === "en"
    ? detail
    : t(i18n)`The service refused it. Its code for the reason is “${code}”.`;
}
