import { setupI18n, type I18n } from "@lingui/core";

/** The page's messages and formats in one language. English is in the sources themselves. */
export function createI18n(locale: string): I18n {
  const i18n = setupI18n();
  i18n.loadAndActivate({ locale, messages: {} });
  return i18n;
}
