import { describe, expect, it } from "vitest";
import {
  analyzedLanguageOf,
  languagesOfWord,
} from "../../../../src/search/opensearch/analyzed-language.ts";

describe("the analyzer of a text", () => {
  it.each([
    ["en-GB", "Reopen the floodplain", "en"],
    ["zh-Hant", "重新開放", "zh"],
    ["FR", "Rouvrir", "fr"],
    ["de", "Die Aue öffnen", "other"],
    ["uk", "Відкрити заплаву", "ru"],
    ["ja", "氾濫原", "zh"],
    [null, "Открыть пойму", "ru"],
    [null, "حماية الغابات", "ar"],
    [null, "Reopen the floodplain", "other"],
    [null, "", "other"],
  ] as const)("in %s, %j, is %s", (tag, text, expected) => {
    expect(analyzedLanguageOf(tag, text)).toBe(expected);
  });

  it("is among those of the scripts of its words", () => {
    expect(languagesOfWord("floodplain")).toEqual(["en", "es", "fr", "other"]);
    expect(languagesOfWord("пойму")).toEqual(["ru"]);
    expect(languagesOfWord("氾濫")).toEqual(["zh"]);
    expect(languagesOfWord("ที่ราบ")).toEqual(["other"]);
  });
});
