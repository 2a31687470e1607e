import { z } from "zod";
import { limits } from "../shared/limits.ts";
import { nameSchema, proseSchema } from "./draft-values.ts";
import type { Translations } from "./decision.ts";

/** A language (BCP 47), kept in its canonical form, however it is sent. */
export const languageTagSchema = z
  .string()
  .max(limits.languageTagCharactersMax)
  .transform((tag, context) => {
    const canonical = canonicalTag(tag);
    if (canonical !== null) return canonical;
    context.addIssue({ code: "custom", message: "a language tag (BCP 47), such as fr or pt-BR" });
    return z.NEVER;
  });

const translationSchema = z.strictObject({
  language: languageTagSchema,
  title: nameSchema(limits.titleCharactersMax),
  description: proseSchema(limits.descriptionCharactersMax).default(""),
});

/** In which language a decision's title and description are, and what they are in others. */
export const translationsSchema = z
  .strictObject({
    original: languageTagSchema,
    texts: z.array(translationSchema).max(limits.languagesMax - 1),
  })
  .superRefine((translations, context) => {
    for (const { path, message } of findTranslationFaults(translations)) {
      context.addIssue({ code: "custom", path, message });
    }
  });

/** The same as the API shows it. */
export const shownTranslationsSchema = z.object({
  original: z.string(),
  texts: z.array(z.object({ language: z.string(), title: z.string(), description: z.string() })),
});

/** A language that stands twice, or more text than is kept. */
function findTranslationFaults({ original, texts }: Translations) {
  const languages = [original, ...texts.map(({ language }) => language)];
  const twice = texts.findIndex(({ language }, index) => languages.indexOf(language) <= index);
  const faults: { path: (string | number)[]; message: string }[] = [];
  if (twice >= 0) {
    faults.push({ path: ["texts", twice, "language"], message: "this language stands here twice" });
  }
  const characters = texts.reduce(
    (sum, { title, description }) => sum + title.length + description.length,
    0,
  );
  if (characters > limits.translationsCharactersMax) {
    const most = limits.translationsCharactersMax;
    faults.push({ path: ["texts"], message: `at most ${most} characters together` });
  }
  return faults;
}

/** A tag without extensions, in its canonical form; null for what is none. */
function canonicalTag(tag: string): string | null {
  try {
    const locale = new Intl.Locale(tag);
    // No language has a name of more letters; what has is most likely a word.
    if (locale.language.length > 3 || locale.toString() !== locale.baseName) return null;
    return locale.baseName;
  } catch {
    return null;
  }
}
