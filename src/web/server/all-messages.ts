import type { Messages } from "@lingui/core";
import { languageOf } from "../languages/languages.ts";
import { loadMessages } from "../languages/load-messages.ts";

const messagesOf = new Map<string, Messages>();

/** The messages of the whole web app in the language of a locale, put together once an isolate. */
export async function allMessages(locale: string): Promise<Messages> {
  const { tag } = languageOf(locale);
  const known = messagesOf.get(tag);
  if (known !== undefined) return known;
  const messages = {
    ...(await loadMessages(tag, "organise")),
    ...(await loadMessages(tag, "site")),
  };
  messagesOf.set(tag, messages);
  return messages;
}

/** The modules below `src/web` that a browser needs for a page, by the page's own. */
export function modulesFor(pageModule: string | undefined, locale: string): string[] {
  const { tag } = languageOf(locale);
  const own = pageModule === undefined ? [] : [pageModule];
  if (tag === "en") return own;
  const parts = pageModule?.startsWith("organise/") === true ? ["site", "organise"] : ["site"];
  const catalogues = parts.map((part) => `locales/${tag}/${part}.po`);
  return [...own, "languages/load-messages.ts", ...catalogues];
}
