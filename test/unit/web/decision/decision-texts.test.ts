import { describe, expect, it } from "vitest";
import { decisionTexts } from "../../../../src/web/decision/decision-texts.ts";
import { createI18n } from "../../../../src/web/i18n/create-i18n.ts";

const textsIn = (original: string, ...others: string[]) => ({
  title: original,
  description: `of ${original}`,
  translations: {
    original,
    texts: others.map((language) => ({ language, title: language, description: "" })),
  },
});

describe("the words of a decision", () => {
  it.each([
    ["fr-CA", textsIn("en", "fr", "fr-CA"), "fr-CA"],
    ["fr-CA", textsIn("en", "fr", "fr-BE"), "fr"],
    ["fr-CA", textsIn("en", "es", "fr-BE"), "fr-BE"],
    ["fr-CA", textsIn("fr", "fr-BE"), "fr"],
    ["fr-CA", textsIn("en", "fro", "es"), "en"],
    ["ar-EG-u-nu-arab", textsIn("en", "ar"), "ar"],
    ["zh", textsIn("pt", "zh-Hant"), "zh-Hant"],
    ["en", textsIn("pt", "en-GB"), "en-GB"],
    ["es", textsIn("pt", "en"), "pt"],
  ])("are, for a reader of %s, those that fit best", (locale, written, language) => {
    expect(decisionTexts(createI18n(locale), written)).toMatchObject({ title: language, language });
  });

  it("are the original's whole where none fits, and of no known language where none is said", () => {
    const plain = { title: "Plant trees", description: "Oaks", translations: null };
    const expected = { title: "Plant trees", description: "Oaks", language: undefined };
    expect(decisionTexts(createI18n("fr"), plain)).toEqual(expected);
    const english = { ...plain, translations: { original: "en", texts: [] } };
    expect(decisionTexts(createI18n("fr"), english)).toEqual({ ...expected, language: "en" });
  });
});
