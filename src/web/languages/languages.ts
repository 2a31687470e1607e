/** A language of the web app. */
export interface Language {
  /** BCP 47, and the name of its folder of catalogues. */
  tag: string;
  /** In the language itself. */
  name: string;
  /** Whether somebody who grew up with it has read its catalogues. */
  isProofread: boolean;
}

const english: Language = { tag: "en", name: "English", isProofread: true };

/** English is in the sources; the others have catalogues in `src/web/locales`. */
export const languages: readonly Language[] = [
  english,
  { tag: "ar", name: "العربية", isProofread: false },
  { tag: "es", name: "Español", isProofread: false },
  { tag: "fr", name: "Français", isProofread: false },
  { tag: "ru", name: "Русский", isProofread: false },
  { tag: "zh", name: "中文", isProofread: false },
];

/** The language of a locale such as "es-MX"; English where the app speaks no such language. */
export function languageOf(locale: string): Language {
  const [tag] = locale.split("-");
  return languages.find((each) => each.tag === tag) ?? english;
}

/** Whether the app speaks a language. */
export function isSpoken(tag: string): boolean {
  return languages.some((each) => each.tag === tag);
}

/** Where the lines of a locale's language begin. */
export function lineDirectionOf(locale: string): "ltr" | "rtl" {
  return languageOf(locale).tag === "ar" ? "rtl" : "ltr";
}
