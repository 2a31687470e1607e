import type { I18n } from "@lingui/core";

/** A language in the reader's words: "French", or its tag where it has no name. */
export function languageName({ locale }: I18n, tag: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: "language" }).of(tag) ?? tag;
  } catch {
    // It is still being typed.
    return tag;
  }
}
