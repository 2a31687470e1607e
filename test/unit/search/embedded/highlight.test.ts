import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { limits } from "../../../../src/shared/limits.ts";
import { markFound } from "../../../../src/search/embedded/highlight.ts";

const shown = (text: string, word: string) =>
  markFound(text, (each) => each === word)
    ?.map(({ text: part, isMatch }) => (isMatch ? `[${part}]` : part))
    .join("");

describe("what is marked of a text", () => {
  it("is each place where a word stands, as it is written there", () => {
    expect(shown("Café or CAFE, no caféteria", "cafe")).toBe("[Café] or [CAFE], no caféteria");
    expect(shown("A library", "cafe")).toBeUndefined();
  });

  it("is one place where pairs of letters touch", () => {
    const marked = markFound("关于河流保护的决定", (word) =>
      ["河流", "流保", "保护"].includes(word),
    );
    expect(marked?.filter(({ isMatch }) => isMatch)).toEqual([{ text: "河流保护", isMatch: true }]);
  });

  it("is looked for as far as is shown, not in all that comes after", () => {
    let asked = 0;
    const parts = markFound(`The ferry ${"goes on ".repeat(4_000)}`, (word) => {
      asked += 1;
      return word === "ferry";
    });
    expect(parts?.filter(({ isMatch }) => isMatch)).toEqual([{ text: "ferry", isMatch: true }]);
    expect(asked).toBeLessThanOrEqual(limits.searchHighlightCharactersMax / 2);
  });

  it("is within a piece of the text, whatever the text, and the piece has the first place", () => {
    const word = fc.constantFrom("the", "ferry", "水水水", "a", "x".repeat(400), "\u{1F6A2}", " ");
    fc.assert(
      fc.property(fc.array(word, { maxLength: 300 }), (words) => {
        const text = words.join(" ");
        const parts = markFound(text, (each) => each === "ferry");
        expect(parts === null).toBe(!words.includes("ferry"));
        if (parts === null) return;
        const piece = parts.map((part) => part.text).join("");
        expect(text).toContain(piece);
        expect(parts.some(({ text: part, isMatch }) => isMatch && part === "ferry")).toBe(true);
        expect(piece.length).toBeLessThanOrEqual(limits.searchHighlightCharactersMax + 64);
      }),
    );
  });
});
