import { describe, expect, it } from "vitest";
import { readQueryWords } from "../../../../src/search/embedded/query-words.ts";
import { markedWords } from "../../../../src/search/opensearch/marked-words.ts";

const isMarked = (query: string, word: string, highlights: string[] = []) =>
  markedWords(readQueryWords(query))(highlights)(word);

describe("a word of a text is marked", () => {
  it("where it is asked for, or begins as the last one does", () => {
    expect(isMarked("mangrove forests", "mangrove")).toBe(true);
    expect(isMarked("forests mang", "mangrove")).toBe(true);
    expect(isMarked("mang forests", "mangrove")).toBe(false);
  });

  it("where it was asked for mistyped, but for its first letter", () => {
    expect(isMarked("mangrvoe forests", "mangrove")).toBe(true);
    expect(isMarked("nangrove forests", "mangrove")).toBe(false);
    expect(isMarked("2031 forests", "2030")).toBe(false);
  });

  it("where the engine has marked it in one of its other forms", () => {
    expect(isMarked("policy", "policies")).toBe(false);
    expect(isMarked("policy", "policies", ["New \u{E000}Policies\u{E001} of towns"])).toBe(true);
    expect(isMarked("policy", "towns", ["New \u{E000}Policies\u{E001} of towns"])).toBe(false);
  });

  it("never for marks that a text has of its own", () => {
    expect(isMarked("policy", "towns", ["\u{E001}towns\u{E000}"])).toBe(false);
  });

  it("and is compared with what is asked for once in an answer, in however many hits it stands", () => {
    let comparisons = 0;
    const asked = {
      text: "mangrvoe",
      isBeginning: false,
      get word() {
        comparisons += 1;
        return "mangrvoe";
      },
    };
    const foundBy = markedWords([asked]);
    expect(foundBy([])("mangrove")).toBe(true);
    const first = comparisons;
    for (let hit = 0; hit < 100; hit += 1) expect(foundBy([])("mangrove")).toBe(true);
    expect(comparisons).toBe(first);
  });
});
