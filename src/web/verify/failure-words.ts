import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";

/** Why a verification could not be run, by the code of what refused it. */
export function failureWords(i18n: I18n, code: string): { title: string; text: string } {
  if (code === "decision.not_found") {
    return {
      title: t(i18n)`There is no such decision`,
      text: t(i18n)`The address or id may be mistyped, or the decision is not public yet.`,
    };
  }
  if (code === "not_certified" || code === "publication.not_ready" || code === "outcome.none") {
    return {
      title: t(i18n)`There is nothing to check yet`,
      text: t(
        i18n,
      )`Votes and outcome are published and signed when the decision is certified. Keep your receipt until then.`,
    };
  }
  if (code === "results.sealed") {
    return {
      title: t(i18n)`There is nothing to check yet`,
      text: t(i18n)`The result is sealed until the decision ends. Keep your receipt until then.`,
    };
  }
  if (code === "rate.exceeded") {
    return {
      title: t(i18n)`Too many requests`,
      text: t(
        i18n,
      )`The server serves whole lists a few times in a while. Wait a minute, then try again.`,
    };
  }
  return {
    title: t(i18n)`The published votes could not be read`,
    text: t(i18n)`That says nothing about the result. Check your connection, then try again.`,
  };
}
