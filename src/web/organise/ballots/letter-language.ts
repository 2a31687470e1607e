/** The languages that letters are written in. */
export const letterLanguages = ["en", "fr", "es", "ar", "zh", "ru"] as const;
export type LetterLanguage = (typeof letterLanguages)[number];

/**
 * The language that a voters' file names, by tag ("fr-CA"), or by its name in any of the six
 * languages ("French", "français"); null where it is none of them.
 */
export function letterLanguageOf(text: string): LetterLanguage | null {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return null;
  const byTag = letterLanguages.find(
    (tag) => wanted === tag || (/^[-_]/.test(wanted.slice(2)) && wanted.startsWith(tag)),
  );
  return byTag ?? namesOfLanguages().get(wanted) ?? null;
}

let kept: Map<string, LetterLanguage> | null = null;

function namesOfLanguages(): Map<string, LetterLanguage> {
  if (kept !== null) return kept;
  kept = new Map();
  for (const reader of letterLanguages) {
    const names = new Intl.DisplayNames([reader], { type: "language" });
    for (const tag of letterLanguages) kept.set((names.of(tag) ?? tag).toLowerCase(), tag);
  }
  return kept;
}

/** Arabic is written from right to left. */
export function letterDirection(language: LetterLanguage): "rtl" | "ltr" {
  return language === "ar" ? "rtl" : "ltr";
}
