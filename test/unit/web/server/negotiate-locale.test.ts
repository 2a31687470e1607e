import { describe, expect, test } from "vitest";
import { negotiateLocale } from "../../../../src/web/server/negotiate-locale.ts";

const localeFor = (acceptLanguage: string, cookie = ""): string =>
  negotiateLocale(new Headers({ "accept-language": acceptLanguage, cookie }));

describe("the locale of a reader", () => {
  test("is English where they say nothing, or nothing that the app speaks", () => {
    expect(negotiateLocale(new Headers())).toBe("en");
    expect(localeFor("de-AT,de;q=0.9,cy;q=0.8")).toBe("en");
    expect(localeFor("*")).toBe("en");
  });

  test("is the language they want most of those that the app speaks", () => {
    expect(localeFor("de,ru;q=0.5,fr;q=0.8,en;q=0.3")).toBe("fr");
    expect(localeFor("en;q=0.4, es ; q=0.7")).toBe("es");
    expect(localeFor("ru,fr")).toBe("ru");
  });

  test("is none that they refuse", () => {
    expect(localeFor("fr;q=0,ru;q=0.1")).toBe("ru");
    expect(localeFor("fr;q=0.000")).toBe("en");
  });

  test("has the region, which decides how numbers and dates are written", () => {
    expect(localeFor("es-MX,es;q=0.9")).toBe("es-MX");
    expect(localeFor("fr-ch")).toBe("fr-CH");
    expect(localeFor("ru-RU-x-private")).toBe("ru-RU");
  });

  test("has no region of which nothing is known: formats are kept for each locale", () => {
    expect(localeFor("fr-ZZ")).toBe("fr");
    expect(localeFor("es-QQ")).toBe("es");
  });

  test("of English and of Chinese is one for all readers", () => {
    expect(localeFor("en-US,en;q=0.9")).toBe("en");
    expect(localeFor("zh-Hant-TW")).toBe("zh");
  });

  test("of Arabic says which digits the page has", () => {
    expect(localeFor("ar")).toBe("ar-u-nu-latn");
    expect(localeFor("ar-EG")).toBe("ar-EG-u-nu-arab");
    expect(localeFor("ar-MA")).toBe("ar-MA-u-nu-latn");
  });

  test("follows the reader's own choice, and keeps their region", () => {
    expect(localeFor("en", "a=b; __Host-language=ar; c=d")).toBe("ar-u-nu-latn");
    expect(localeFor("fr-CA,es-MX;q=0.5", "__Host-language=es")).toBe("es-MX");
  });

  test("follows no choice that there is not", () => {
    expect(localeFor("fr", "__Host-language=tlh")).toBe("fr");
    expect(localeFor("fr", "language=es; x__Host-language=es")).toBe("fr");
    expect(localeFor("fr", "__Host-language")).toBe("fr");
  });

  test("is found in what is no header of languages, too", () => {
    expect(localeFor("fr;q=2,es;level=1,;,;;q=,-,e,abcdefghi,ru")).toBe("ru");
    expect(localeFor(`${"xx,".repeat(5_000)}fr`)).toBe("en");
  });
});
