import { describe, expect, it } from "vitest";
import { pickAlike, rangeOfAlike } from "../../../../src/search/embedded/alike-words.ts";

const known = [
  "form",
  "forum",
  "from",
  "for",
  "farm",
  "firms",
  "commission",
  "commissions",
  "2026",
];

describe("words that one may have been meant for", () => {
  it.each([
    ["form", ["farm", "for", "forum", "from"]],
    ["frm", []],
    ["comission", ["commission", "commissions"]],
    ["fomr", ["for", "form"]],
    ["comision", ["commission"]],
    ["2025", []],
    ["zzzz", []],
  ])("are for %s the nearest first: %j", (word, alike) => {
    expect(pickAlike(word, known)).toEqual(alike);
  });

  it("are sought among those that begin as it does, and are about as long", () => {
    expect(rangeOfAlike("form")).toEqual({ from: "f", to: "g", lengthMin: 3, lengthMax: 5 });
    expect(rangeOfAlike("водоёмов")).toMatchObject({ from: "в", to: "г", lengthMin: 6 });
    expect([rangeOfAlike("for"), rangeOfAlike("河流"), rangeOfAlike("v2026")]).toEqual([
      null,
      null,
      null,
    ]);
  });
});
