import { analyzedLanguages, type AnalyzedLanguage } from "./index-forms.ts";

/** Scripts of one analyzer each: a text in them goes to it, whatever its language is called. */
const scripts: readonly [RegExp, AnalyzedLanguage][] = [
  [/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u, "zh"],
  [/\p{Script=Arabic}/u, "ar"],
  [/\p{Script=Cyrillic}/u, "ru"],
];
const latin = /\p{Script=Latin}/u;

/** Whose analyzer a text gets, by the tag of its language (BCP 47), else by its script. */
export function analyzedLanguageOf(tag: string | null, text: string): AnalyzedLanguage {
  const [primary] = (tag ?? "").toLowerCase().split("-");
  const named = analyzedLanguages.find((language) => language === primary);
  if (named !== undefined) return named;
  return scripts.find(([script]) => script.test(text))?.[1] ?? "other";
}

/** Whose analyzers a word of a query may have to meet: those of its script. */
export function languagesOfWord(word: string): readonly AnalyzedLanguage[] {
  const ofScript = scripts.find(([script]) => script.test(word))?.[1];
  if (ofScript !== undefined) return [ofScript];
  return latin.test(word) ? ["en", "es", "fr", "other"] : ["other"];
}
