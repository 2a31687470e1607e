import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { limits } from "../../../../src/shared/limits.ts";
import { joinWords, wordsOf } from "../../../../src/search/embedded/words.ts";

const plain = (text: string) => wordsOf(text).map(({ word }) => word);

describe("the words of a text", () => {
  it.each([
    ["The dike's height, 3.5 m", ["the", "dike", "s", "height", "3", "5", "m"]],
    ["Straße NAÏVE Łódź œuvre Ærø", ["strasse", "naive", "lodz", "oeuvre", "aero"]],
    ["Ёлка ΟΔΟΣ", ["елка", "οδοσ"]],
    ["إعادة الأنهار ٢٠٢٦", ["اعاده", "الانهار", "2026"]],
    ["שָׁלוֹם", ["שלום"]],
    ["ｆｕｌｌ ﬁne ﷺ", ["full", "fine", "صلي", "الله", "عليه", "وسلم"]],
    ["co\u00ADop\u200Derate", ["cooperate"]],
    ["किताब की", ["किताब", "की"]],
    ["", []],
    ["–!?…\u0000\u200B\ud800", []],
  ])("%j are without case, accents and width", (text, words) => {
    expect(plain(text)).toEqual(words);
  });

  it.each([
    ["河流保护", ["河流", "流保", "保护", "护"]],
    ["水", ["水"]],
    ["UN海洋2026", ["un", "海洋", "洋", "2026"]],
    ["がか", ["がか", "か"]],
    ["ﾃﾞｰﾀ", ["デー", "ータ", "タ"]],
    ["ท่วม", ["ท่ว", "วม", "ม"]],
  ])("%s are pairs of letters where there are no blanks", (text, words) => {
    expect(plain(text)).toEqual(words);
  });

  it("stand where they are said to", () => {
    for (const text of ["Réunion de Łódź", "河流保护委员会 (UN)", "A\u0301\u0301 b"]) {
      for (const { word, start, end } of wordsOf(text))
        expect(plain(text.slice(start, end)), text).toContain(word);
    }
  });

  it("hold nothing that a query of an index could take for its own, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        for (const { word, start, end } of wordsOf(text)) {
          expect(word).toMatch(/^[\p{L}\p{N}\p{M}\p{Default_Ignorable_Code_Point}]+$/u);
          expect(start < end && end <= text.length).toBe(true);
        }
      }),
    );
  });

  it("are the same again when they are taken from their words", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        const spaced = plain(text).filter(
          (word) => !/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]/u.test(word),
        );
        expect(spaced.flatMap(plain)).toEqual(spaced);
      }),
    );
  });

  it("have bounds, of each and of all together", () => {
    expect(plain("x".repeat(500))).toEqual(["x".repeat(limits.searchWordCharactersMax)]);
    const long = joinWords(Array.from({ length: 12 }, () => "水".repeat(20_000)));
    expect(long.length).toBeLessThanOrEqual(limits.searchWordsCharactersMax);
    expect(long.isWellFormed()).toBe(true);
  });
});
