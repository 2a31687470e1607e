import { setupI18n, type I18n, type Messages } from "@lingui/core";

/** The page's messages and formats in a reader's locale. English is in the sources themselves. */
export function createI18n(locale: string, messages: Messages = {}): I18n {
  const i18n = setupI18n();
  i18n.loadAndActivate({ locale, messages });
  return i18n;
}
