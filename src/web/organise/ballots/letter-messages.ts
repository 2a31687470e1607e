import { setupI18n, type I18n, type Messages } from "@lingui/core";
import { letterLanguages } from "./letter-language.ts";

/** The words of letters, by language. */
export type LetterMessages = ReadonlyMap<string, I18n>;

/** Catalogues of the languages that have any; English is in the sources. */
const catalogues = import.meta.glob<{ default: Messages }>("../../locales/*/{site,organise}.po");

/** Loads the words of these languages. What has no translation yet stands in English. */
export async function loadLetterMessages(languages: ReadonlySet<string>): Promise<LetterMessages> {
  const wanted = letterLanguages.filter((language) => languages.has(language));
  const loaded = wanted.map(async (locale) => {
    const i18n = setupI18n();
    i18n.loadAndActivate({ locale, messages: await messagesOf(locale) });
    return [locale, i18n] as const;
  });
  return new Map(await Promise.all(loaded));
}

async function messagesOf(language: string): Promise<Messages> {
  const own = Object.entries(catalogues).filter(([path]) => path.includes(`/${language}/`));
  const parts = await Promise.all(own.map(([, load]) => load()));
  const messages: Messages = {};
  for (const part of parts) Object.assign(messages, part.default);
  return messages;
}
